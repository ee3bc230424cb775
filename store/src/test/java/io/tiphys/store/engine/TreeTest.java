package io.tiphys.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The immutable sorted map. */
class TreeTest {
  private static final int STEPS = 20_000;
  private static final int KEYS = 2_000;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);

  private static Tree<Integer, Integer> empty() {
    return Tree.empty(value -> value, Integer::compare);
  }

  @Test
  void agreesWithTreeSet() {
    Tree<Integer, Integer> tree = empty();
    TreeSet<Integer> model = new TreeSet<>();
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(KEYS);
      if (random.nextInt(5) < (step < STEPS / 2 ? 3 : 1)) {
        tree = tree.with(key);
        model.add(key);
      } else {
        tree = tree.without(key);
        model.remove(key);
      }
      assertThat(tree.size()).isEqualTo(model.size());
      assertThat(tree.first()).isEqualTo(model.isEmpty() ? null : model.first());
      if (step % 100 == 0) {
        compare(tree, model);
      }
    }
  }

  private void compare(Tree<Integer, Integer> tree, NavigableSet<Integer> model) {
    assertThat(tree.values()).containsExactlyElementsOf(model);
    int from = random.nextInt(KEYS);
    int to = random.nextInt(KEYS);
    List<Integer> expected = from < to ? List.copyOf(model.subSet(from, to)) : List.of();
    assertThat(tree.count(from, to)).isEqualTo(expected.size());
    assertThat(tree.range(from, to, Integer.MAX_VALUE)).isEqualTo(expected);
    int limit = 1 + random.nextInt(20);
    assertThat(tree.range(from, to, limit))
        .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
    assertThat(tree.get(from)).isEqualTo(model.contains(from) ? from : null);
  }

  @Test
  void isBuiltOfValuesInOrder() {
    for (int size : new int[] {0, 1, 2, 3, 10, 1_000}) {
      List<Integer> sorted = IntStream.range(0, size).boxed().toList();
      Tree<Integer, Integer> tree = Tree.of(sorted, value -> value, Integer::compare);
      assertThat(tree.values()).isEqualTo(sorted);
      assertThat(tree.with(size).without(0).size()).isEqualTo(size);
    }
  }

  @Test
  void earlierVersionsStayAsTheyWere() {
    List<Tree<Integer, Integer>> versions = new ArrayList<>();
    Tree<Integer, Integer> tree = empty();
    for (int i = 0; i < 100; i++) {
      versions.add(tree);
      tree = tree.with(i);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(versions.get(i).values()).hasSize(i);
      tree = tree.without(i);
    }
    assertThat(tree.values()).isEmpty();
    assertThat(tree.without(1)).isSameAs(tree);
  }

  @Test
  void staysShallowWhateverTheOrder() {
    Tree<Integer, Integer> ascending = empty();
    Tree<Integer, Integer> shifting = empty();
    for (int i = 0; i < 100_000; i++) {
      ascending = ascending.with(i);
      shifting = shifting.with(i).without(i - 1_000);
    }
    // Balance: Hirai and Yamamoto give a height of at most log(n) / log(4/3).
    assertThat(ascending.height()).isLessThanOrEqualTo(40);
    assertThat(shifting.height()).isLessThanOrEqualTo(24);
  }
}
