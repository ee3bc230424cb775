package io.tiphys.cli;

import picocli.CommandLine.IVersionProvider;

/** The versions this build is of and speaks. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String own = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "Tiphys " + (own == null ? "(development build)" : own),
      "Kubernetes API v1.36",
      "Java " + Runtime.version()
    };
  }
}
