package io.tiphys.model.selector;

import io.tiphys.model.selector.LabelRequirement.Operator;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads selector strings: {@code key}, {@code !key}, {@code key=value} (also {@code ==}, {@code
 * !=}, {@code >}, {@code <}), {@code key in (a,b)}, {@code key notin (a,b)}, joined by commas.
 * White space between words is free.
 */
final class LabelSelectorParser {
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "in", Operator.IN,
          "notin", Operator.NOT_IN,
          "=", Operator.EQUALS,
          "==", Operator.DOUBLE_EQUALS,
          "!=", Operator.NOT_EQUALS,
          ">", Operator.GREATER_THAN,
          "<", Operator.LESS_THAN);

  private enum Kind {
    WORD,
    SYMBOL,
    END
  }

  /** A piece of the text. In error messages it stands as {@code text}. */
  private record Token(Kind kind, String text) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord() {
      return kind == Kind.WORD;
    }

    boolean isEnd() {
      return kind == Kind.END;
    }
  }

  private static final Set<String> LONG_SYMBOLS = Set.of("==", "!=");

  private final String text;
  private int pos;
  private Token next;

  LabelSelectorParser(String text) {
    this.text = text;
    this.next = scan();
  }

  List<LabelRequirement> parse() {
    List<LabelRequirement> requirements = new ArrayList<>();
    while (!next.isEnd()) {
      if (!next.isWord() && !next.is("!")) {
        throw expected(next, ", expected: !, identifier, or 'end of string'");
      }
      requirements.add(parseRequirement());
      Token after = take();
      if (after.isEnd()) {
        break;
      }
      if (!after.is(",")) {
        throw expected(after, ", expected: ',' or 'end of string'");
      }
      if (!next.isWord() && !next.is("!")) {
        throw expected(next, ", expected: identifier after ','");
      }
    }
    return requirements;
  }

  private LabelRequirement parseRequirement() {
    try {
      return requirement();
    } catch (SelectorException e) {
      throw new SelectorException("unable to parse requirement: " + e.getMessage());
    }
  }

  private LabelRequirement requirement() {
    Token key = take();
    boolean absent = key.is("!");
    if (absent) {
      key = take();
    }
    if (!key.isWord()) {
      throw expected(key, ", expected: identifier");
    }
    List<String> faults = Names.qualifiedName(key.text());
    if (!faults.isEmpty()) {
      throw new SelectorException(LabelRequirement.invalid("<nil>", key.text(), faults));
    }
    if (absent || next.isEnd() || next.is(",")) {
      Operator operator = absent ? Operator.DOES_NOT_EXIST : Operator.EXISTS;
      return LabelRequirement.checked(key.text(), operator, List.of());
    }
    Token sign = take();
    Operator operator = OPERATORS.get(sign.text());
    if (operator == null) {
      throw expected(sign, ", expected: in, notin, =, ==, !=, gt, lt");
    }
    List<String> values =
        operator == Operator.IN || operator == Operator.NOT_IN ? valueSet() : List.of(value());
    return LabelRequirement.checked(key.text(), operator, values);
  }

  private String value() {
    if (next.isEnd() || next.is(",")) {
      return "";
    }
    Token value = take();
    if (!value.isWord()) {
      throw expected(value, ", expected: identifier");
    }
    return value.text();
  }

  /** {@code (a,b)}; a value may be empty, as in {@code ()} and {@code (a,)}. */
  private List<String> valueSet() {
    Token open = take();
    if (!open.is("(")) {
      throw expected(open, " expected: '('");
    }
    if (!next.isWord() && !next.is(",") && !next.is(")")) {
      throw expected(next, ", expected: ',', ')' or identifier");
    }
    Set<String> values = new TreeSet<>();
    boolean valueDue = true;
    while (!next.is(")")) {
      Token token = take();
      if (token.isWord() && valueDue) {
        values.add(token.text());
        if (!next.is(",") && !next.is(")")) {
          throw expected(next, ", expected: ',' or ')'");
        }
        valueDue = false;
      } else if (token.is(",")) {
        if (valueDue) {
          values.add("");
        }
        valueDue = true;
      } else {
        throw expected(token, ", expected: ',', or identifier");
      }
    }
    take();
    if (valueDue) {
      values.add("");
    }
    return List.copyOf(values);
  }

  private static SelectorException expected(Token found, String what) {
    return new SelectorException("found '" + found.text() + "'" + what);
  }

  private Token take() {
    Token token = next;
    next = scan();
    return token;
  }

  private Token scan() {
    while (pos < text.length() && isSpace(text.charAt(pos))) {
      pos++;
    }
    if (pos >= text.length()) {
      return new Token(Kind.END, "");
    }
    return isSpecial(text.charAt(pos)) ? symbol() : word();
  }

  private Token word() {
    int start = pos;
    while (pos < text.length() && !isSpecial(text.charAt(pos)) && !isSpace(text.charAt(pos))) {
      pos++;
    }
    return new Token(Kind.WORD, text.substring(start, pos));
  }

  /** The longest symbol here. */
  private Token symbol() {
    String two = text.substring(pos, Math.min(pos + 2, text.length()));
    String symbol = LONG_SYMBOLS.contains(two) ? two : two.substring(0, 1);
    pos += symbol.length();
    return new Token(Kind.SYMBOL, symbol);
  }

  private static boolean isSpecial(char c) {
    return "=!(),><".indexOf(c) >= 0;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
