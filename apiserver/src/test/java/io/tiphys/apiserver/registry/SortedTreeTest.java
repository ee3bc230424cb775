package io.tiphys.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tree against a TreeMap that does the same. */
final class SortedTreeTest {
  @Test
  void doesWhatATreeMapDoesAndLeavesOldVersionsAlone() {
    Random random = new Random(7);
    TreeMap<String, Integer> expected = new TreeMap<>();
    SortedTree<Integer> tree = SortedTree.empty();
    SortedTree<Integer> kept = tree;
    List<Integer> keptValues = List.of();
    for (int i = 0; i < 20_000; i++) {
      String key = "k" + random.nextInt(3000);
      if (random.nextInt(3) == 0) {
        expected.remove(key);
        tree = tree.without(key);
      } else {
        expected.put(key, i);
        tree = tree.with(key, i);
      }
      if (i == 10_000) {
        kept = tree;
        keptValues = List.copyOf(expected.values());
      }
    }
    assertThat(tree.size()).isEqualTo(expected.size());
    assertThat(values(tree, "k", "l")).isEqualTo(List.copyOf(expected.values()));
    assertThat(values(tree, "k1", "k2"))
        .isEqualTo(List.copyOf(expected.subMap("k1", "k2").values()));
    assertThat(tree.rank("k2")).isEqualTo(expected.headMap("k2").size());
    for (String key : expected.keySet()) {
      assertThat(tree.get(key)).isEqualTo(expected.get(key));
    }
    assertThat(values(kept, "k", "l")).isEqualTo(keptValues);
  }

  private static List<Integer> values(SortedTree<Integer> tree, String from, String to) {
    List<Integer> values = new ArrayList<>();
    SortedTree.Cursor<Integer> cursor = tree.range(from, to);
    for (Integer v = cursor.next(); v != null; v = cursor.next()) {
      values.add(v);
    }
    return values;
  }
}
