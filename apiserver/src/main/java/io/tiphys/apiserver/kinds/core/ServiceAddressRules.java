package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Addresses of services and endpoints: which are allowed, and how they go together. */
final class ServiceAddressRules {
  private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
  private static final List<String> FAMILY_POLICIES =
      List.of("PreferDualStack", "RequireDualStack", "SingleStack");
  private static final int MAX_IPS = 2;

  private ServiceAddressRules() {}

  static void validate(Scope spec, ServiceShape shape) {
    if (shape.needsClusterIp()) {
      clusterIps(spec);
      families(spec);
    } else if (shape.isExternalName()) {
      for (String field : List.of("ipFamilies", "ipFamilyPolicy")) {
        if (spec.isSet(field)) {
          spec.forbidden(field, "may not be set for ExternalName services");
        }
      }
    }
    for (Scope.Item ip : spec.strings("externalIPs")) {
      if (spec.format(ip.path(), ip.value(), Texts::ip)) {
        spec.format(ip.path(), ip.value(), ServiceAddressRules::special);
      }
    }
  }

  private static void clusterIps(Scope spec) {
    List<Scope.Item> ips = spec.strings("clusterIPs");
    String first = ips.isEmpty() ? "" : ips.getFirst().value();
    String clusterIp = spec.string("clusterIP");
    if (clusterIp.isEmpty() && !ips.isEmpty()) {
      spec.required("clusterIP");
    } else if (!clusterIp.isEmpty() && !ips.isEmpty() && !clusterIp.equals(first)) {
      spec.invalid("clusterIPs", "first value must match `clusterIP`");
    }
    if (ips.size() > MAX_IPS) {
      spec.invalid("clusterIPs", "may only hold up to 2 values");
      return;
    }
    for (int i = 0; i < ips.size(); i++) {
      Scope.Item ip = ips.get(i);
      if (ip.value().equals("None")) {
        if (i > 0 || ips.size() > 1) {
          spec.errors()
              .invalid(ip.path(), JsonString.of("None"), "'None' must be the first and only value");
          return;
        }
      } else {
        spec.format(ip.path(), ip.value(), Texts::ip);
      }
    }
    if (ips.size() == MAX_IPS && isIpv4(ips.get(0)) == isIpv4(ips.get(1))) {
      spec.invalid("clusterIPs", "may specify no more than one IP for each IP family");
    }
  }

  private static boolean isIpv4(Scope.Item ip) {
    return IpAddress.parse(ip.value()).map(IpAddress::isIpv4).orElse(true);
  }

  private static void families(Scope spec) {
    Set<String> seen = new HashSet<>();
    for (Scope.Item family : spec.strings("ipFamilies")) {
      if (!FAMILIES.contains(family.value())) {
        spec.errors().notSupported(family.path(), JsonString.of(family.value()), FAMILIES);
      } else if (!seen.add(family.value())) {
        spec.errors().duplicate(family.path(), JsonString.of(family.value()));
      }
    }
    spec.oneOf("ipFamilyPolicy", FAMILY_POLICIES);
    List<Scope.Item> ips = spec.strings("clusterIPs");
    List<Scope.Item> families = spec.strings("ipFamilies");
    for (int i = 0; i < Math.min(ips.size(), families.size()); i++) {
      boolean v4 = families.get(i).value().equals("IPv4");
      if (!ips.get(i).value().equals("None")
          && IpAddress.parse(ips.get(i).value()).isPresent()
          && isIpv4(ips.get(i)) != v4) {
        spec.errors()
            .invalid(
                ips.get(i).path(),
                JsonString.of(ips.get(i).value()),
                "expected an "
                    + families.get(i).value()
                    + " value as indicated by"
                    + " `ipFamilies["
                    + i
                    + "]`");
      }
    }
  }

  /** Addresses that mean something else than a host elsewhere. */
  static List<String> special(String text) {
    List<String> faults = new ArrayList<>();
    IpAddress ip = IpAddress.parse(text).orElse(null);
    if (ip == null) {
      return faults;
    }
    byte[] bytes = ip.bytes();
    int first = bytes[0] & 255;
    int second = bytes[1] & 255;
    if (isOnly(bytes, 0)) {
      faults.add("may not be unspecified (0.0.0.0 or ::)");
    }
    if (ip.isIpv4() ? first == 127 : isOnly(bytes, 1)) {
      faults.add("may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if (ip.isIpv4() ? first == 169 && second == 254 : first == 0xfe && (second & 0xc0) == 0x80) {
      faults.add("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    if (ip.isIpv4()
        ? first == 224 && second == 0 && bytes[2] == 0
        : first == 0xff && (second & 0x0f) == 2) {
      faults.add("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
    return faults;
  }

  /** Whether all bytes but the last are 0, and the last is this. */
  private static boolean isOnly(byte[] bytes, int last) {
    for (int i = 0; i < bytes.length - 1; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[bytes.length - 1] == last;
  }
}
