package io.tiphys.cli;

/** How log lines look; the names are the values of {@code --log-format}. */
enum LogFormat {
  text,
  json
}
