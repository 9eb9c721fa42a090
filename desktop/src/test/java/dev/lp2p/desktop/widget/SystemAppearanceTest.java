package dev.lp2p.desktop.widget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemAppearanceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'prefer-dark'\n",
                "(<<uint32 1>>,)\n",
                "Dark\n",
                "\r\n    AppsUseLightTheme    REG_DWORD    0x0\r\n\r\n"
            })
    void aDesktopThatIsDarkSaysSo(String answer) {
        assertThat(SystemAppearance.saysDark(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'prefer-light'\n",
                "'default'\n",
                "(<<uint32 2>>,)\n",
                "",
                "The domain/default pair of (kCFPreferencesAnyApplication, AppleInterfaceStyle) does not exist\n",
                "\r\n    AppsUseLightTheme    REG_DWORD    0x1\r\n\r\n"
            })
    void anyOtherAnswerIsLight(String answer) {
        assertThat(SystemAppearance.saysDark(answer)).isFalse();
    }

    @Test
    void eachSystemIsAskedInItsOwnWay() {
        assertThat(programs("Mac OS X")).containsExactly("defaults");
        assertThat(programs("Windows 11")).containsExactly("reg");
        assertThat(programs("Linux")).containsExactly("gsettings", "gdbus");
    }

    private static List<String> programs(String system) {
        return SystemAppearance.commands(system).stream()
                .map(command -> command.get(0))
                .toList();
    }
}
