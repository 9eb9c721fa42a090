/** Everything with real agents, in one browser. */
import './two-pages.js';
import './examples.js';
import './libraries.js';
