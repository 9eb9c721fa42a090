package dev.lp2p.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Two agents that say yes to everything, for tools that measure: prints the ports of their gateways, and ends with its input. */
final class InsecureTwoGateways {

    private InsecureTwoGateways() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("lp2p-two-gateways");
        try (TwoDevices devices =
                new TwoDevices(folder, GatewaySettings.DEFAULT_HEARTBEAT, Map.of("try", Path.of(args[0])))) {
            System.out.println(devices.tvGateway.port() + "," + devices.phoneGateway.port());
            System.in.readAllBytes();
        }
    }
}
