package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Names;
import java.util.List;

/** Host names, {@code /etc/hosts} and DNS of a pod. */
final class NetworkRules {
  private static final List<String> DNS_POLICIES =
      List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
  private static final int MAX_NAMESERVERS = 3;
  private static final int MAX_SEARCHES = 32;
  private static final int MAX_SEARCH_CHARACTERS = 2048;

  private NetworkRules() {}

  static void validate(Scope spec) {
    spec.format("hostname", Names::dnsLabel);
    spec.format("subdomain", Names::dnsLabel);
    spec.format("hostnameOverride", Names::dnsSubdomain);
    spec.unless(
        spec.string("hostnameOverride").length() > 64,
        "hostnameOverride",
        "must be no more than 64 characters");
    if (spec.isSet("hostnameOverride") && spec.value().bool("setHostnameAsFQDN")) {
      spec.forbidden(
          "setHostnameAsFQDN", "setHostnameAsFQDN is not allowed when hostnameOverride is set");
    }
    spec.each("hostAliases", NetworkRules::hostAlias);
    spec.requiredOneOf("dnsPolicy", DNS_POLICIES);
    dnsConfig(spec);
  }

  private static void hostAlias(Scope alias) {
    alias.formatEvenEmpty("ip", Texts::ip);
    for (Scope.Item name : alias.strings("hostnames")) {
      for (String fault : Names.dnsSubdomain(name.value())) {
        alias.errors().invalid(alias.at("hostnames"), JsonString.of(name.value()), fault);
      }
    }
  }

  private static void dnsConfig(Scope spec) {
    boolean none = spec.string("dnsPolicy").equals("None");
    if (!spec.has("dnsConfig")) {
      if (none) {
        spec.required("dnsConfig", "must provide `dnsConfig` when `dnsPolicy` is None");
      }
      return;
    }
    Scope config = spec.in("dnsConfig");
    List<Scope.Item> servers = config.strings("nameservers");
    if (none && servers.isEmpty()) {
      config.required(
          "nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None");
    }
    config.unless(
        servers.size() > MAX_NAMESERVERS, "nameservers", "must not have more than 3 nameservers");
    servers.forEach(ip -> config.format(ip.path(), ip.value(), Texts::ip));
    searches(config);
    config.each("options", option -> option.required("name", "must not be empty"));
  }

  private static void searches(Scope config) {
    List<Scope.Item> searches = config.strings("searches");
    config.unless(
        searches.size() > MAX_SEARCHES, "searches", "must not have more than 32 search paths");
    int characters = searches.stream().mapToInt(s -> s.value().length() + 1).sum() - 1;
    config.unless(
        characters > MAX_SEARCH_CHARACTERS,
        "searches",
        "must not have more than 2048 characters (including spaces) in the search list");
    for (Scope.Item search : searches) {
      String name =
          search.value().endsWith(".") && search.value().length() > 1
              ? search.value().substring(0, search.value().length() - 1)
              : search.value();
      if (!name.equals(".")) {
        config.format(search.path(), name, Names::dnsSubdomainWithUnderscore);
      }
    }
  }
}
