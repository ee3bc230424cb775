package io.tiphys.apiserver.allocation;

import java.net.InetAddress;

/** The IP families, named as in {@code spec.ipFamilies}. */
public enum IpFamily {
  IPv4,
  IPv6;

  IpFamily other() {
    return this == IPv4 ? IPv6 : IPv4;
  }

  static IpFamily of(String address) {
    return address.contains(":") ? IPv6 : IPv4;
  }

  static IpFamily of(InetAddress address) {
    return address.getAddress().length == 4 ? IPv4 : IPv6;
  }
}
