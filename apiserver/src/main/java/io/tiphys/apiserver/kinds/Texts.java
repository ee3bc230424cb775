package io.tiphys.apiserver.kinds;

import io.tiphys.model.validation.Cidr;
import io.tiphys.model.validation.IpAddress;
import io.tiphys.model.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Forms of strings, each a function to what is wrong with a text, for {@link Scope#format}. */
public final class Texts {
  private Texts() {}

  /** The length of a text in UTF-8. */
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  public static List<String> ip(String text) {
    return IpAddress.check(text);
  }

  public static List<String> cidr(String text) {
    return Cidr.check(text);
  }

  public static List<String> absolutePath(String text) {
    return text.startsWith("/") ? List.of() : List.of("must be an absolute path");
  }

  /** A path that stays where it begins, relative or not. */
  public static List<String> noBacksteps(String text) {
    return List.of(text.split("/", -1)).contains("..")
        ? List.of("must not contain '..'")
        : List.of();
  }

  /** A relative path that stays below where it begins. */
  public static List<String> descendingPath(String text) {
    return text.startsWith("/") ? List.of("must be a relative path") : noBacksteps(text);
  }

  /** As {@link #descendingPath}; names that begin with two dots are the volume's own. */
  public static List<String> nonReservedPath(String text) {
    List<String> faults = descendingPath(text);
    return faults.isEmpty() && text.startsWith("..") ? List.of("must not start with '..'") : faults;
  }

  /** Without white space at either end. */
  public static List<String> trimmed(String text) {
    return text.equals(text.strip())
        ? List.of()
        : List.of("must not have leading or trailing whitespace");
  }

  /** A name of an object that another refers to. */
  public static List<String> objectName(String text) {
    return Names.dnsSubdomain(text);
  }
}
