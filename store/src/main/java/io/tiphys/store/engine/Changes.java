package io.tiphys.store.engine;

import java.util.List;

/**
 * What a batch changed, to be made durable as one.
 *
 * @param commits in the order of revisions
 * @param leases granted or kept alive
 * @param endedLeases revoked or expired
 */
public record Changes(List<Commit> commits, List<Lease> leases, List<Long> endedLeases) {
  public Changes {
    commits = List.copyOf(commits);
    leases = List.copyOf(leases);
    endedLeases = List.copyOf(endedLeases);
  }

  boolean isEmpty() {
    return commits.isEmpty() && leases.isEmpty() && endedLeases.isEmpty();
  }
}
