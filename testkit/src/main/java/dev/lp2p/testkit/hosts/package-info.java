/**
 * Network hosts for tests: each one is a Linux network namespace on this machine, joined to the others by a switch.
 *
 * <pre>{@code
 * @RegisterExtension
 * final NetworkHosts network = new NetworkHosts();
 *
 * @Test
 * void aReceiverIsFound() {
 *     HostProcess receiver = network.host("tv").start(List.of("lp2p", "receive", "--json"));
 *     receiver.output().await("that it is ready", line -> line.contains("ready"));
 *     ...
 * }
 * }</pre>
 *
 * <p>Nothing of it reaches the machine's real interfaces. What a run leaves behind when it is killed, the next run removes.
 */
@NullMarked
package dev.lp2p.testkit.hosts;

import org.jspecify.annotations.NullMarked;
