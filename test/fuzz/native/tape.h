/* A walk over a tape: what it says must be in its memory, and in the value that it was made of. For harness.c. */

enum { TAPE_AT = 0, TAPE_DOUBLES_END, TAPE_TEXT_AT, TAPE_WIDE_AT };
enum { NULL_WORD = 0, FALSE_WORD, TRUE_WORD, INT, DOUBLE, INTEGER, TEXT, WIDE, TEXT_PART, WIDE_PART };
enum { BYTES = 10, ARRAY, INTS, DOUBLES, MAP, MAP_MORE };
enum { SHAPE_BYTES = 32, SHAPE_SIZE = 20, TAPE_LEVELS = 202, TAPE_SPARE = 64 };

typedef struct {
  uint64_t left;
  /* The values of a MAP_MORE are done: then comes a word with the number of other pairs. */
  int has_more;
} Level;

/* Bytes of a tape for a value of so many bytes (assembly/tape/words.ts). */
static uint32_t tape_room(uint32_t length) { return 16 * length + 4 * TAPE_SPARE; }

static void walk_tape(uint32_t to, uint32_t length) {
  const uint32_t *info = (const uint32_t *)(memory->data + Z_kernelZ_tapeRecord(&kernel));
  const uint8_t *shapes = memory->data + Z_kernelZ_tapeShapes(&kernel);
  HOLD(info[TAPE_AT] == to, "another place of the tape", info[TAPE_AT], to);
  uint32_t bytes = info[TAPE_DOUBLES_END] - to, at = to;
  uint64_t doubles = 0, narrow = 0, wide = 0;
  Level stack[TAPE_LEVELS];
  int top = 0;
  stack[0] = (Level){1, 0};
  while (top >= 0) {
    Level *level = &stack[top];
    HOLD((uint64_t)(at - to) + 8 * doubles <= bytes, "words and doubles meet", at - to, doubles);
    if (level->left == 0 && !level->has_more) {
      top--;
      continue;
    }
    uint32_t word = *(const uint32_t *)(memory->data + at), value = word >> 4, kind = word & 15;
    at += 4;
    if (level->left == 0) {
      *level = (Level){2 * (uint64_t)word, 0};
      continue;
    }
    if (kind == TEXT_PART || kind == WIDE_PART) continue;
    level->left--;
    if (kind == DOUBLE || kind == INTEGER) doubles++;
    else if (kind == TEXT) narrow += value;
    else if (kind == WIDE) wide += 2 * (uint64_t)value;
    else if (kind == INTS) at += 4 * value;
    else if (kind == DOUBLES) doubles += value;
    else if (kind == BYTES) {
      uint32_t offset = *(const uint32_t *)(memory->data + at);
      at += 4;
      HOLD(offset <= length && value <= length - offset, "bytes outside of the value", offset, value);
    } else if (kind >= ARRAY) {
      HOLD(top + 1 < TAPE_LEVELS, "a tape that is too deep", top, 0);
      uint64_t left = kind == ARRAY ? value : *(const uint32_t *)(shapes + value * SHAPE_BYTES + SHAPE_SIZE);
      stack[++top] = (Level){left, kind == MAP_MORE};
    }
  }
  HOLD(narrow <= length, "more text than the value has", narrow, length);
  HOLD(wide <= 2 * (uint64_t)length, "more wide text than the value has", wide, length);
}

static int tape_at(uint32_t offset, uint32_t length, uint32_t to, int is_latin, Limits limits) {
  uint32_t made = Z_kernelZ_makeTape(&kernel, offset, length, format, to, limits.depth, limits.nodes, is_latin);
  HOLD(made <= 1, "a tape is there or not", made, 0);
  if (made) walk_tape(to, length);
  return (int)made;
}

/* Once with the value at the end of memory, once with the tape there. */
static void tape(const uint8_t *value, uint32_t length, int is_latin, Limits limits) {
  uint32_t checked = check(value, length, format, 0, limits);
  uint32_t offset = put_last(value, length, OTHER_FILL);
  int made = tape_at(offset, length, (input + 64) & ~7u, is_latin, limits);
  HOLD(memcmp(at(offset), value, length) == 0, "the tape changed the value", made, 0);
  /* Keys are no words of a tape, and a run of numbers is no level of it: limits are not what it looks at again. */
  int is_limit = checked == NODE_LIMIT || checked == DEPTH_LIMIT;
  HOLD(!made || checked == OK || is_limit, "a tape of what is refused", checked, 0);
  memcpy(at(0), value, length);
  memset(at(length), FILL, PADDING);
  int again = tape_at(0, length, (memory->size - tape_room(length)) & ~7u, is_latin, limits);
  /* A key is a word of the tape until its shape is known, and where the limit of values is near these count, too. */
  HOLD(made == again || limits.nodes < 3 * length, "a tape at one place only", made, again);
}
