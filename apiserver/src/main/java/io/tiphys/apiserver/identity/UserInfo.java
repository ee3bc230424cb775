package io.tiphys.apiserver.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An authenticated user.
 *
 * @param uid "" if the authenticator knows none
 * @param extra further facts, such as {@code authentication.kubernetes.io/pod-name}
 */
public record UserInfo(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  public static final String ANONYMOUS = "system:anonymous";
  public static final String ALL_AUTHENTICATED = "system:authenticated";
  public static final String ALL_UNAUTHENTICATED = "system:unauthenticated";
  public static final String MASTERS = "system:masters";
  public static final String NODES = "system:nodes";
  public static final String SERVICE_ACCOUNTS = "system:serviceaccounts";

  /** Extra: which credential was shown, such as {@code X509SHA256=...} or {@code JTI=...}. */
  public static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

  public UserInfo {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  public static UserInfo of(String name, String... groups) {
    return new UserInfo(name, "", List.of(groups), Map.of());
  }

  public static UserInfo serviceAccount(String namespace, String name, String uid) {
    return new UserInfo(
        "system:serviceaccount:" + namespace + ":" + name,
        uid,
        List.of(SERVICE_ACCOUNTS, SERVICE_ACCOUNTS + ":" + namespace, ALL_AUTHENTICATED),
        Map.of());
  }

  /** The server itself, for its own reads and writes: may do everything. */
  public static UserInfo apiServer() {
    return of("system:apiserver", MASTERS, ALL_AUTHENTICATED);
  }

  /** The same user, also in this group. */
  public UserInfo withGroup(String group) {
    if (groups.contains(group)) {
      return this;
    }
    List<String> more = new ArrayList<>(groups);
    more.add(group);
    return new UserInfo(name, uid, more, extra);
  }

  public boolean inGroup(String group) {
    return groups.contains(group);
  }
}
