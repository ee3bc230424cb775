package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.authorization.Attributes;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.apiserver.authorization.Forbidden;
import io.tiphys.apiserver.authorization.Verdict;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.model.status.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Requests on behalf of somebody else, by the headers {@code Impersonate-User}, {@code -Group},
 * {@code -Uid} and {@code -Extra-KEY} (upstream documentation, "User impersonation"). The sender
 * needs the verb {@code impersonate} for each of them.
 */
public final class Impersonation {
  private static final String PREFIX = "impersonate-";
  private static final String USER = "impersonate-user";
  private static final String GROUP = "impersonate-group";
  private static final String UID = "impersonate-uid";
  private static final String EXTRA = "impersonate-extra-";
  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  private final Authorizer authorizer;

  public Impersonation(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** What the headers ask for; values as sent, keys of extra in small letters. */
  private record Wish(
      String user, String uid, List<String> groups, Map<String, List<String>> extra) {

    static Wish of(Headers headers) {
      String user = "";
      String uid = "";
      List<String> groups = new ArrayList<>(0);
      Map<String, List<String>> extra = new LinkedHashMap<>(0);
      for (int i = 0; i < headers.size(); i++) {
        String name = headers.name(i);
        if (!name.startsWith(PREFIX)) {
          continue;
        }
        String value = headers.value(i);
        if (name.equals(USER)) {
          user = user.isEmpty() ? value : user;
        } else if (name.equals(UID)) {
          uid = uid.isEmpty() ? value : uid;
        } else if (name.equals(GROUP)) {
          groups.add(value);
        } else if (name.startsWith(EXTRA)) {
          extra
              .computeIfAbsent(key(name.substring(EXTRA.length())), k -> new ArrayList<>())
              .add(value);
        }
      }
      return new Wish(user, uid, groups, extra);
    }

    /** Keys may hold characters that header names cannot, percent-encoded. */
    private static String key(String encoded) {
      String lower = encoded.toLowerCase(Locale.ROOT);
      try {
        return URLDecoder.decode(lower.replace("+", "%2b"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return lower;
      }
    }
  }

  /**
   * Whom a request acts for: its sender, if it doesn't impersonate.
   *
   * @throws ApiException Forbidden if the sender may not; InternalError, as upstream, if no user is
   *     named beside the rest
   */
  public UserInfo apply(UserInfo sender, Headers headers) {
    if (!impersonates(headers)) {
      return sender;
    }
    Wish wish = Wish.of(headers);
    if (wish.user.isEmpty()) {
      if (wish.uid.isEmpty() && wish.groups.isEmpty() && wish.extra.isEmpty()) {
        return sender;
      }
      throw ApiException.internal(
          new IllegalArgumentException(
              "requested "
                  + wish.groups
                  + (wish.extra.isEmpty() ? "" : " " + wish.extra)
                  + (wish.uid.isEmpty() ? "" : " uid " + wish.uid)
                  + " without impersonating a user"));
    }
    List<String> groups = new ArrayList<>(wish.groups);
    String[] account = serviceAccount(wish.user);
    if (account.length == 2) {
      check(sender, "", "serviceaccounts", "", account[0], account[1]);
      if (groups.isEmpty()) {
        groups.addAll(UserInfo.serviceAccount(account[0], account[1], "").groups());
      }
    } else {
      check(sender, "", "users", "", "", wish.user);
    }
    wish.groups.forEach(group -> check(sender, "", "groups", "", "", group));
    wish.extra.forEach((key, values) ->
        values.forEach(value -> check(sender, AUTHENTICATION, "userextras", key, "", value)));
    if (!wish.uid.isEmpty()) {
      check(sender, AUTHENTICATION, "uids", "", "", wish.uid);
    }
    addImplied(wish.user, groups);
    return new UserInfo(wish.user, wish.uid, groups, wish.extra);
  }

  private static boolean impersonates(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).startsWith(PREFIX)) {
        return true;
      }
    }
    return false;
  }

  /** Namespace and name; empty if the user is no service account. */
  private static String[] serviceAccount(String user) {
    String[] parts =
        user.startsWith(SERVICE_ACCOUNT)
            ? user.substring(SERVICE_ACCOUNT.length()).split(":", -1)
            : new String[0];
    return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty() ? parts : new String[0];
  }

  private static void addImplied(String user, List<String> groups) {
    if (groups.contains(UserInfo.ALL_AUTHENTICATED)
        || groups.contains(UserInfo.ALL_UNAUTHENTICATED)) {
      return;
    }
    groups.add(
        user.equals(UserInfo.ANONYMOUS)
            ? UserInfo.ALL_UNAUTHENTICATED
            : UserInfo.ALL_AUTHENTICATED);
  }

  private void check(
      UserInfo sender,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name) {
    Attributes asked =
        Attributes.resource(sender, "impersonate", group, resource, subresource, namespace, name);
    Verdict verdict = authorizer.authorize(asked);
    if (!verdict.allowed()) {
      throw Forbidden.of(asked, verdict.reason());
    }
  }
}
