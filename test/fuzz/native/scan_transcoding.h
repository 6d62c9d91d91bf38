/*
 * The one pass that checks a frame and transcodes its payload: it must accept what `scan` accepts, say the same of it,
 * and write what `transcode` makes of args and of kwargs. So must the scan that goes on behind a deferred one. For
 * harness.c.
 */

enum { MODE = 9, COUNT = 18, IDS = 20, OUT_ARGS_END = 24 };
enum { MODE_ARGS = 1, MODE_UNCHECKED = 4, PLAIN_JSON = 4 };

static Result part;

static uint32_t pass(uint32_t length, uint32_t to, uint32_t flags, Limits limits) {
  uint32_t scratch = (length + 64 + 15) & ~15u;
  return Z_kernelZ_scanTranscoding(&kernel, 0, length, format, to, scratch, window - ROOM, limits.depth, limits.nodes,
                                   limits.bigint, flags);
}

/* Appends what transcode alone makes of a span; 0 when it leaves that to JavaScript. */
static int append(const int32_t *span, uint32_t length, uint32_t to, uint32_t flags, Limits limits) {
  uint32_t scratch = (length + 64 + 15) & ~15u, out = window - ROOM;
  if (span[0] == span[1]) return 1;
  uint32_t status = Z_kernelZ_transcode(&kernel, (uint32_t)span[0], (uint32_t)(span[1] - span[0]), format, to, scratch,
                                        out, limits.depth, limits.nodes, limits.bigint, flags);
  if (status == RARE || status == NO_ROOM) return 0;
  HOLD(status == OK, "a checked span is refused", status, to);
  uint32_t count = (uint32_t)record[OUT_END] - out;
  if (part.length + count > ROOM) return 0;
  memcpy(part.bytes + part.length, at(out), count);
  part.length += count;
  return 1;
}

/* What the pass has left must be what `known` says, which is the record of a scan. */
static void hold_pass(const int32_t *known, uint32_t length, uint32_t to, uint32_t flags, Limits limits) {
  uint32_t out = window - ROOM;
  HOLD(memcmp(known + MODE, record + MODE, 5 * 4) == 0, "another mode or span", known[MODE], record[MODE]);
  HOLD(((known[FLAGS] ^ record[FLAGS]) & PLAIN_JSON) == 0, "other flags", known[FLAGS], record[FLAGS]);
  if (known[MODE] != MODE_ARGS) return;
  const int32_t *args = known + ARGS_START, *kwargs = known + KWARGS_START;
  /* Empty kwargs behind a list that begins with bytes are not in the record. */
  int32_t end = kwargs[1] > kwargs[0] ? record[OUT_END] : record[OUT_ARGS_END];
  if (args[1] == args[0] && kwargs[1] == kwargs[0]) return;
  once.length = (uint32_t)end - out;
  HOLD(once.length <= ROOM, "length of the output", once.length, ROOM);
  memcpy(once.bytes, at(out), once.length);
  uint32_t middle = (uint32_t)record[OUT_ARGS_END] - out;
  part.length = 0;
  if (!append(args, length, to, flags, limits)) return;
  if (args[1] > args[0]) HOLD(middle == part.length, "another end of args", middle, part.length);
  if (!append(kwargs, length, to, flags, limits)) return;
  HOLD(once.length == part.length && memcmp(once.bytes, part.bytes, once.length) == 0, "another payload", once.length,
       part.length);
}

static uint32_t scan_first(uint32_t length, uint32_t flags, Limits limits) {
  return Z_kernelZ_scan(&kernel, 0, length, format, flags, limits.depth, limits.nodes, limits.bigint);
}

static void scan_transcoding(const uint8_t *frame, uint32_t length, uint32_t to, uint32_t flags, Limits limits) {
  int32_t known[RECORD_WORDS], known_entries[INDEX_ENTRIES * 3];
  memcpy(at(0), frame, length);
  memset(at(length), FILL, PADDING);
  uint32_t status = scan_first(length, flags, limits);
  memcpy(known, record, sizeof known);
  memcpy(known_entries, entries, record[FIELDS] * 12);
  uint32_t passed = pass(length, to, flags, limits);
  HOLD(memcmp(at(0), frame, length) == 0, "the frame was changed", passed, to);
  if (passed != RARE && passed != NO_ROOM) {
    hold_status(passed, length);
    HOLD((passed == OK) == (status == OK), "scan and scanTranscoding differ", status, passed);
    if (passed == OK) {
      HOLD(memcmp(known, record, ERROR_AT * 4) == 0, "another record", status, to);
      HOLD(memcmp(known + IDS, record + IDS, (OUT_ARGS_END - IDS) * 4) == 0, "other ids", status, to);
      HOLD(known[COUNT] == record[COUNT], "another count", known[COUNT], record[COUNT]);
      HOLD(memcmp(known_entries, entries, record[FIELDS] * 12) == 0, "another index", status, to);
      hold_pass(known, length, to, flags, limits);
    }
  }
  uint32_t deferred = scan_first(length, flags | DEFERRED, limits);
  if (deferred != OK || record[MODE] != MODE_UNCHECKED) return;
  uint32_t rest = scan_first(length, flags | REST, limits);
  HOLD((rest == OK) == (status == OK), "the rest is of another mind", status, rest);
  if (rest == OK) HOLD(memcmp(known + MODE, record + MODE, 5 * 4) == 0, "another rest", known[MODE], record[MODE]);
  scan_first(length, flags | DEFERRED, limits);
  uint32_t again = pass(length, to, flags | REST, limits);
  HOLD(again == passed || (again != OK && passed != OK), "another pass over the rest", passed, again);
  if (again == OK) hold_pass(known, length, to, flags, limits);
}
