package io.tiphys.apiserver.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/** What all connections of a server share. */
record ServerContext(
    HttpHandler handler,
    HttpLimits limits,
    BodyBudget bodies,
    ThreadFactory threads,
    HttpDate date,
    Set<Session> sessions) {
  ServerContext(HttpHandler handler, HttpLimits limits) {
    this(
        handler,
        limits,
        new BodyBudget(limits.gatheredBytes()),
        Thread.ofVirtual().name("request-", 1).factory(),
        new HttpDate(java.time.InstantSource.system()),
        ConcurrentHashMap.newKeySet());
  }
}
