package io.tiphys.apiserver.kinds.discovery;

import io.tiphys.model.validation.Cidr;
import io.tiphys.model.validation.IpAddress;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.List;

/** Addresses that cannot be endpoints, since traffic to them would stay on the sender's node. */
final class SpecialAddresses {

  private record Block(Cidr cidr, String fault) {}

  private static final String LOOPBACK = "may not be in the loopback range (127.0.0.0/8, ::1/128)";
  private static final String LINK_LOCAL =
      "may not be in the link-local range (169.254.0.0/16, fe80::/10)";
  private static final String LINK_LOCAL_MULTICAST =
      "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)";

  private static final List<Block> BLOCKS =
      List.of(
          block("127.0.0.0/8", LOOPBACK),
          block("::1/128", LOOPBACK),
          block("169.254.0.0/16", LINK_LOCAL),
          block("fe80::/10", LINK_LOCAL),
          block("224.0.0.0/24", LINK_LOCAL_MULTICAST),
          block("ff02::/16", LINK_LOCAL_MULTICAST));

  private SpecialAddresses() {}

  private static Block block(String cidr, String fault) {
    return new Block(Cidr.parse(cidr).orElseThrow(), fault);
  }

  /** What keeps an address from being an endpoint; empty if nothing does. */
  static List<String> faults(IpAddress address) {
    List<String> faults = new ArrayList<>();
    boolean unspecified = true;
    for (byte b : address.bytes()) {
      unspecified &= b == 0;
    }
    if (unspecified) {
      faults.add("may not be unspecified (" + address + ")");
    }
    for (Block block : BLOCKS) {
      if (block.cidr.contains(address)) {
        faults.add(block.fault);
      }
    }
    return faults;
  }

  /** A fully qualified domain name: at least two labels. */
  static List<String> domainName(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    List<String> faults = Names.dnsSubdomain(name);
    return faults.isEmpty() && !name.contains(".")
        ? List.of("should be a domain with at least two segments separated by dots")
        : faults;
  }
}
