package io.tiphys.apiserver.allocation;

import java.util.ArrayList;
import java.util.List;

/** What one write has taken so far, to be given back if the write fails. */
final class Taken {
  private final ServiceIps ips;
  private final NodePorts ports;
  private final boolean dryRun;
  private final List<String> addresses = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();

  Taken(ServiceIps ips, NodePorts ports, boolean dryRun) {
    this.ips = ips;
    this.ports = ports;
    this.dryRun = dryRun;
  }

  boolean dryRun() {
    return dryRun;
  }

  String nextAddress(IpFamily family, String namespace, String service) {
    String address = ips.allocateNext(family, namespace, service, dryRun);
    addresses.add(address);
    return address;
  }

  void address(String address, String namespace, String service) {
    ips.allocate(address, namespace, service, dryRun);
    addresses.add(address);
  }

  int nextPort() {
    int port = ports.allocateNext(dryRun);
    numbers.add(port);
    return port;
  }

  void port(int port) {
    ports.allocate(port, dryRun);
    numbers.add(port);
  }

  void giveBack() {
    if (!dryRun) {
      addresses.forEach(ips::release);
      ports.release(numbers);
    }
  }
}
