package io.tiphys.store.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map whose values carry their own keys: a weight-balanced tree. A change
 * copies the path to the root and shares all else, so that every version stays readable without
 * locks. Lookups, changes and counting are O(log n).
 *
 * <p>Balance parameters: Hirai and Yamamoto, "Balancing weight-balanced trees", 2011.
 */
public final class Tree<K, V> {
  private static final int DELTA = 3;
  private static final int RATIO = 2;

  private final Function<V, K> keyOf;
  private final Comparator<K> order;
  private final @Nullable Node<V> root;

  /** No record: a node is equal to itself only. */
  private static final class Node<V> {
    final V value;
    final @Nullable Node<V> left;
    final @Nullable Node<V> right;
    final int size;

    Node(V value, @Nullable Node<V> left, @Nullable Node<V> right, int size) {
      this.value = value;
      this.left = left;
      this.right = right;
      this.size = size;
    }
  }

  private Tree(Function<V, K> keyOf, Comparator<K> order, @Nullable Node<V> root) {
    this.keyOf = keyOf;
    this.order = order;
    this.root = root;
  }

  public static <K, V> Tree<K, V> empty(Function<V, K> keyOf, Comparator<K> order) {
    return new Tree<>(keyOf, order, null);
  }

  /** A tree of values that are in order, in O(n). */
  static <K, V> Tree<K, V> of(List<V> sorted, Function<V, K> keyOf, Comparator<K> order) {
    return new Tree<>(keyOf, order, halved(sorted));
  }

  private static <V> @Nullable Node<V> halved(List<V> sorted) {
    if (sorted.isEmpty()) {
      return null;
    }
    int middle = sorted.size() / 2;
    return node(
        sorted.get(middle),
        halved(sorted.subList(0, middle)),
        halved(sorted.subList(middle + 1, sorted.size())));
  }

  public int size() {
    return size(root);
  }

  public @Nullable V get(K key) {
    Node<V> node = root;
    while (node != null) {
      int c = order.compare(key, keyOf.apply(node.value));
      if (c == 0) {
        return node.value;
      }
      node = c < 0 ? node.left : node.right;
    }
    return null;
  }

  public @Nullable V first() {
    Node<V> node = root;
    while (node != null && node.left != null) {
      node = node.left;
    }
    return node == null ? null : node.value;
  }

  /** This tree with the value, in place of the one with the same key. */
  public Tree<K, V> with(V value) {
    return new Tree<>(keyOf, order, put(root, keyOf.apply(value), value));
  }

  /** This tree without the key. */
  public Tree<K, V> without(K key) {
    Node<V> changed = remove(root, key);
    return changed == root ? this : new Tree<>(keyOf, order, changed);
  }

  /** All values in order. */
  public List<V> values() {
    List<V> found = new ArrayList<>(size());
    walk(root, null, null, found::add);
    return found;
  }

  /** The first values with {@code from <= key < to}, at most {@code limit}. */
  public List<V> range(K from, K to, int limit) {
    List<V> found = new ArrayList<>();
    walk(
        root,
        from,
        to,
        value -> {
          found.add(value);
          return found.size() < limit;
        });
    return found;
  }

  /** Hands values to a visitor, in order, until it says false. */
  public void walk(Predicate<V> visitor) {
    walk(root, null, null, visitor);
  }

  /** Nodes on the longest path from the root. */
  int height() {
    return height(root);
  }

  private static int height(@Nullable Node<?> node) {
    return node == null ? 0 : 1 + Math.max(height(node.left), height(node.right));
  }

  /** How many values have {@code from <= key < to}. */
  public int count(K from, K to) {
    return Math.max(0, countBelow(to) - countBelow(from));
  }

  private int countBelow(K key) {
    int count = 0;
    Node<V> node = root;
    while (node != null) {
      if (order.compare(keyOf.apply(node.value), key) < 0) {
        count += size(node.left) + 1;
        node = node.right;
      } else {
        node = node.left;
      }
    }
    return count;
  }

  /**
   * Visits what lies between the bounds; null is no bound.
   *
   * @return false if the visitor said so
   */
  private boolean walk(
      @Nullable Node<V> node, @Nullable K from, @Nullable K to, Predicate<V> visitor) {
    if (node == null) {
      return true;
    }
    boolean reachesFrom = from == null || order.compare(keyOf.apply(node.value), from) >= 0;
    boolean belowTo = to == null || order.compare(keyOf.apply(node.value), to) < 0;
    // Left of a node that is below the upper bound everything is; likewise on the right.
    return (!reachesFrom || walk(node.left, from, belowTo ? null : to, visitor))
        && (!reachesFrom || !belowTo || visitor.test(node.value))
        && (!belowTo || walk(node.right, reachesFrom ? null : from, to, visitor));
  }

  private Node<V> put(@Nullable Node<V> node, K key, V value) {
    if (node == null) {
      return node(value, null, null);
    }
    int c = order.compare(key, keyOf.apply(node.value));
    if (c == 0) {
      return new Node<>(value, node.left, node.right, node.size);
    }
    return c < 0
        ? balance(node.value, put(node.left, key, value), node.right)
        : balance(node.value, node.left, put(node.right, key, value));
  }

  private @Nullable Node<V> remove(@Nullable Node<V> node, K key) {
    if (node == null) {
      return null;
    }
    int c = order.compare(key, keyOf.apply(node.value));
    if (c == 0) {
      return join(node.left, node.right);
    }
    Node<V> child = c < 0 ? node.left : node.right;
    Node<V> changed = remove(child, key);
    if (changed == child) {
      return node;
    }
    return c < 0
        ? balance(node.value, changed, node.right)
        : balance(node.value, node.left, changed);
  }

  /** One tree of two whose sizes are in balance, all of the left before all of the right. */
  private static <V> @Nullable Node<V> join(@Nullable Node<V> left, @Nullable Node<V> right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    if (left.size > right.size) {
      Node<V> last = left;
      while (last.right != null) {
        last = last.right;
      }
      return balance(last.value, withoutLast(left), right);
    }
    Node<V> first = right;
    while (first.left != null) {
      first = first.left;
    }
    return balance(first.value, left, withoutFirst(right));
  }

  private static <V> @Nullable Node<V> withoutFirst(Node<V> node) {
    return node.left == null
        ? node.right
        : balance(node.value, withoutFirst(node.left), node.right);
  }

  private static <V> @Nullable Node<V> withoutLast(Node<V> node) {
    return node.right == null ? node.left : balance(node.value, node.left, withoutLast(node.right));
  }

  private static int size(@Nullable Node<?> node) {
    return node == null ? 0 : node.size;
  }

  private static <V> Node<V> node(V value, @Nullable Node<V> left, @Nullable Node<V> right) {
    return new Node<>(value, left, right, size(left) + size(right) + 1);
  }

  /** A node over subtrees of which one may be one change out of balance. */
  private static <V> Node<V> balance(V value, @Nullable Node<V> left, @Nullable Node<V> right) {
    int leftSize = size(left);
    int rightSize = size(right);
    if (leftSize + rightSize > 1) {
      if (right != null && rightSize > DELTA * leftSize) {
        return rotateLeft(value, left, right);
      }
      if (left != null && leftSize > DELTA * rightSize) {
        return rotateRight(value, left, right);
      }
    }
    return node(value, left, right);
  }

  private static <V> Node<V> rotateLeft(V value, @Nullable Node<V> left, Node<V> right) {
    Node<V> inner = right.left;
    if (inner == null || inner.size < RATIO * size(right.right)) {
      return node(right.value, node(value, left, inner), right.right);
    }
    return node(
        inner.value, node(value, left, inner.left), node(right.value, inner.right, right.right));
  }

  private static <V> Node<V> rotateRight(V value, Node<V> left, @Nullable Node<V> right) {
    Node<V> inner = left.right;
    if (inner == null || inner.size < RATIO * size(left.left)) {
      return node(left.value, left.left, node(value, inner, right));
    }
    return node(
        inner.value, node(left.value, left.left, inner.left), node(value, inner.right, right));
  }
}
