package io.tiphys.apiserver.quota;

import io.tiphys.apiserver.admission.Hold;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Charges writes against the quotas of their namespace, so that together they never use more than
 * is allowed: {@code status.used} is raised by compare-and-swap before the object is stored, and
 * lowered again if it is not.
 *
 * <p>A quota that is new or was edited is measured first. What deleted and ended objects used is
 * found by measuring again before a write is refused; charged writes that are not stored yet are
 * added to what the cache shows. A quota controller takes over both: then this only charges.
 * Charges that other servers have not stored yet are not known here, so a measurement can miss
 * them, as upstream's controller can.
 */
public final class QuotaLedger {
  private static final GroupResource QUOTAS = new GroupResource("", "resourcequotas");
  private static final int BOOKS = 64;

  private final StoredObjects objects;
  private final UsageCalculator calculator;

  /** Namespaces share books, so that there are not more of them with each namespace. */
  private final List<Book> books = Stream.generate(Book::new).limit(BOOKS).toList();

  public QuotaLedger(StoredObjects objects, InstantSource clock) {
    this.objects = objects;
    this.calculator = new UsageCalculator(objects, clock);
  }

  /** Charged writes of some namespaces that are not known to be stored. */
  private static final class Book {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Charge> pending = Collections.newSetFromMap(new IdentityHashMap<>());

    void run(Runnable work) {
      lock.lock();
      try {
        work.run();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * A write to be charged.
   *
   * @param old null for a creation
   */
  private record Charge(
      Evaluator evaluator, String namespace, JsonObject object, @Nullable JsonObject old) {

    Amounts amounts() {
      Amounts now = evaluator.usage(object);
      return (old == null ? now : now.minus(evaluator.usage(old))).withoutZeros();
    }

    /** Whether the cached objects do not show the write yet, by uid and resourceVersion. */
    boolean isOutstanding(Map<String, String> versions) {
      JsonObject before = old;
      String version = versions.get(object.object("metadata").string("uid"));
      return before == null
          ? version == null
          : before.object("metadata").string("resourceVersion").equals(version);
    }
  }

  /** What objects of a resource are counted by. */
  public Evaluator evaluator(GroupResource resource) {
    return calculator.evaluator(resource);
  }

  /**
   * Charges a write against all quotas that cover it, or none of them.
   *
   * @param old the stored object; null for a creation
   * @param dryRun check only
   * @throws QuotaException if a quota does not allow it
   */
  public Hold charge(
      Evaluator evaluator,
      String namespace,
      JsonObject object,
      @Nullable JsonObject old,
      boolean dryRun) {
    if (objects.cached(QUOTAS, namespace).isEmpty()) {
      return Hold.NONE;
    }
    Charge charge = new Charge(evaluator, namespace, object, old);
    Book book = books.get(Math.floorMod(namespace.hashCode(), BOOKS));
    Map<Quota, Amounts> bill = new LinkedHashMap<>();
    book.run(() -> {
      bill.putAll(bill(charge, book, dryRun));
      if (!dryRun && !bill.isEmpty()) {
        pay(bill);
        book.pending.add(charge);
      }
    });
    return dryRun || bill.isEmpty() ? Hold.NONE : new Charged(book, charge, bill);
  }

  /** What each quota would be charged. */
  private Map<Quota, Amounts> bill(Charge charge, Book book, boolean dryRun) {
    List<Quota> covering = new ArrayList<>();
    for (JsonObject stored : objects.cached(QUOTAS, charge.namespace)) {
      Quota quota = Quota.of(stored);
      if (!quota.inEffect()) {
        quota = measured(quota, book, dryRun);
      }
      if (quota.covers(charge.evaluator, charge.object)) {
        String missing = charge.evaluator.missing(quota.limits(charge.evaluator), charge.object);
        if (!missing.isEmpty()) {
          throw new QuotaException("failed quota: " + quota.name() + ": must specify " + missing);
        }
        covering.add(quota);
      }
    }
    Amounts amounts = charge.amounts();
    Map<Quota, Amounts> bill = new LinkedHashMap<>();
    for (Quota quota : covering) {
      Amounts due = amounts.only(quota.hard().names()::contains);
      if (!due.isEmpty()) {
        Quota now = quota.exceededBy(due).isEmpty() ? quota : measured(quota, book, dryRun);
        refuseIfExceeded(now, due);
        bill.put(now, due);
      }
    }
    return bill;
  }

  private static void refuseIfExceeded(Quota quota, Amounts due) {
    Set<String> exceeded = quota.exceededBy(due);
    if (!exceeded.isEmpty()) {
      throw new QuotaException(quota.refusal(due, exceeded));
    }
  }

  /** The quota with what is really used, written to its status. */
  private Quota measured(Quota quota, Book book, boolean dryRun) {
    Amounts used =
        calculator.used(
            quota, (evaluator, present) -> outstanding(quota, evaluator, present, book));
    Quota measured = quota.measured(used);
    if (!dryRun && !(quota.inEffect() && quota.used().equals(used))) {
      update(
          quota,
          now ->
              now.withAt(measured.hard().json(), "status", "hard")
                  .withAt(used.json(), "status", "used"));
    }
    return measured;
  }

  private static Amounts outstanding(
      Quota quota, Evaluator evaluator, Collection<JsonObject> present, Book book) {
    Map<String, String> versions = new HashMap<>();
    for (JsonObject object : present) {
      JsonObject metadata = object.object("metadata");
      versions.put(metadata.string("uid"), metadata.string("resourceVersion"));
    }
    Amounts all = Amounts.NONE;
    for (Charge charge : book.pending) {
      if (charge.namespace.equals(quota.namespace())
          && charge.evaluator.resource().equals(evaluator.resource())
          && charge.isOutstanding(versions)
          && quota.inScope(evaluator, charge.object)) {
        all = all.plus(charge.amounts());
      }
    }
    return all;
  }

  /** Raises all quotas' usage; if another server was faster with one, none. */
  private void pay(Map<Quota, Amounts> bill) {
    Map<Quota, Amounts> paid = new LinkedHashMap<>();
    try {
      bill.forEach((quota, due) -> {
        update(
            quota,
            now -> {
              Quota current = Quota.of(now);
              refuseIfExceeded(current, due);
              return now.withAt(current.used().plus(due).json(), "status", "used");
            });
        paid.put(quota, due);
      });
    } catch (QuotaException | ApiException e) {
      refund(paid);
      throw e;
    }
  }

  private void refund(Map<Quota, Amounts> paid) {
    paid.forEach((quota, due) ->
        update(quota, now -> now.withAt(Quota.of(now).used().minus(due).json(), "status", "used")));
  }

  /** Changes a quota's status; one that is gone limits nothing. */
  private void update(Quota quota, UnaryOperator<JsonObject> change) {
    try {
      objects
          .registry()
          .update(objects.type(QUOTAS), quota.namespace(), quota.name(), "status", change);
    } catch (ApiException e) {
      if (!e.is(Reason.NOT_FOUND)) {
        throw e;
      }
    }
  }

  private final class Charged implements Hold {
    private final Book book;
    private final Charge charge;
    private final Map<Quota, Amounts> bill;

    Charged(Book book, Charge charge, Map<Quota, Amounts> bill) {
      this.book = book;
      this.charge = charge;
      this.bill = bill;
    }

    @Override
    public void commit() {
      book.run(() -> book.pending.remove(charge));
    }

    @Override
    public void rollback() {
      book.run(() -> {
        book.pending.remove(charge);
        refund(bill);
      });
    }
  }
}
