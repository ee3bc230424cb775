package io.tiphys.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void readsRowsWithoutCommentsAndBlanks() {
    Table table = Table.read("example.txt", 1);
    assertThat(table.keys()).containsExactly("a.B", "c.D");
    assertThat(table.rows("a.B").getFirst()).containsExactly("one", "two");
    assertThat(table.rows("a.B").get(1)).containsExactly("three#four");
    assertThat(table.rows("nothing")).isEmpty();
  }

  @Test
  void refusesRowsThatNobodyAskedFor() {
    Table table = Table.read("example.txt", 1);
    assertThat(table.rows("a.B")).hasSize(2);
    assertThatThrownBy(table::requireAllUsed)
        .hasMessage("example.txt names what does not exist: [c.D]");
    assertThat(table.rows("c.D")).hasSize(1);
    table.requireAllUsed();
  }

  @Test
  void refusesShortRows() {
    assertThatThrownBy(() -> Table.read("example.txt", 2))
        .hasMessageContaining("example.txt:4: expected 2 columns after the key");
  }

  /** Every row of every table names a type and a field: else this fails. */
  @Test
  void theTablesFitTheDescriptors() {
    assertThat(Assembler.assemble(Packages.read())).hasSizeGreaterThan(700);
  }
}
