package io.tiphys.apiserver.authorization;

/** Decides whether a user may do something. Must not block, but may read caches. */
@FunctionalInterface
public interface Authorizer {
  Verdict authorize(Attributes attributes);
}
