/*
 * The scalar kernel, translated to C by wasm2c, under libFuzzer. The input stands at the very end of linear memory: one
 * byte read too far is a trap, and so is anything written behind the output window. What is accepted must hold
 * together: spans inside of the frame, nothing changed that was not the kernel's to change, `check` and `transcode` of
 * one mind, and a transcoded value is checked, goes back, and comes again as the same bytes. Whatever was called, the static
 * image of the memory stays (image.h, made by build.mjs from the kernel's data segments).
 *
 * The last two bytes of the data are not the frame's: what to do with it, and under which limits. Inputs of the target
 * `programs` are sequences of calls (programs.h).
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "kernel.h"
#include "wasm-rt-impl.h"

/* src/kernel/abi.ts. */
enum { JSON = 1, MSGPACK, CBOR, UBJSON, UBJSON_DRAFT12, FLEXBUFFERS, FLATBUFFERS, PROGRAMS };
enum { OK = 0, SIZE_LIMIT = 6, LAST_STATUS = 27, NO_ROOM = 64, RARE = 65 };
enum { DEPTH_LIMIT = 4, NODE_LIMIT = 7, KEY_TYPE = 11 };
enum { DEFERRED = 1, TAGGED = 2, TRACE = 4, REST = 8, NAMED = 16 };
enum { FLAGS = 2, FIELDS = 3, TEXT_START = 6, ARGS_START = 10, KWARGS_START = 12, ERROR_AT = 14, OUT_END = 19 };
enum { RECORD_WORDS = 26, INDEX_ENTRIES = 256 };

/*
 * Bytes behind a frame that the scalar kernel may load with its last eight, and cuts off (hashText, copy). Nothing may
 * come of them: every call is made twice, with other bytes there.
 */
#ifndef PLANTED
#define PLANTED 0 /* so many bytes fewer: then the fuzzer must find something */
#endif
enum { PADDING = 8 - PLANTED, FILL = '7', OTHER_FILL = 0xff };
/* Bytes behind the scratch that the kernel may write (PADDING of assembly/memory.ts). */
enum { SCRATCH_SLACK = 32, CANARY = 16 };
enum { MAX_FRAME = 65536, MEMORY = 1 << 21, ROOM = 1 << 18 };
/* After so many calls the kernel is as at its start: long enough to fill its tables. */
enum { CALLS = 1 << 16 };

static const char *const NAMES[] = {"", "json", "msgpack", "cbor", "ubjson", "ubjson-draft12", "flexbuffers",
                                    "flatbuffers", "programs"};

static Z_kernel_instance_t kernel, fresh_kernel;
static uint8_t *fresh_memory;
static wasm_rt_memory_t *memory;
static uint32_t calls, format, input, window;
static int32_t *record, *entries;

typedef struct {
  uint32_t depth, nodes, bigint;
} Limits;

static void finding(const char *what, long a, long b) {
  fprintf(stderr, "FINDING %s: %s (%ld, %ld)\n", NAMES[format], what, a, b);
  abort();
}

#define HOLD(condition, what, a, b) \
  if (!(condition)) finding(what, (long)(a), (long)(b))

static void start(void) {
  Z_kernel_init_module();
  Z_kernel_instantiate(&kernel);
  memory = Z_kernelZ_memory(&kernel);
  Z_kernelZ_seed(&kernel, 20260101);
  HOLD(Z_kernelZ_reserve(&kernel, MEMORY / 2), "no memory", 0, 0);
  input = Z_kernelZ_input(&kernel);
  window = memory->size - input;
  record = (int32_t *)(memory->data + Z_kernelZ_record(&kernel));
  entries = (int32_t *)(memory->data + Z_kernelZ_index(&kernel));
  fresh_kernel = kernel;
  fresh_memory = malloc(input);
  memcpy(fresh_memory, memory->data, input);
}

/* A new instance would be as good, but each one keeps 8 GB of addresses for ever. */
static void start_over(void) {
  kernel = fresh_kernel;
  memcpy(memory->data, fresh_memory, input);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  const char *name = getenv("FUZZ_FORMAT");
  for (uint32_t i = 1; name != NULL && i <= PROGRAMS; i++)
    if (strcmp(name, NAMES[i]) == 0) format = i;
  if (format == 0) {
    fprintf(stderr, "FUZZ_FORMAT names no format\n");
    exit(2);
  }
  wasm_rt_init();
  /* libFuzzer's own handler shows where the end of memory was crossed. */
  signal(SIGSEGV, SIG_DFL);
  start();
  return 0;
}

/* Nothing may ever write where the constants are. */
static void hold_image(void) {
  for (uint32_t i = 0; i < sizeof FIXED / sizeof FIXED[0]; i++)
    HOLD(memcmp(memory->data + FIXED[i][0], fresh_memory + FIXED[i][0], FIXED[i][1] - FIXED[i][0]) == 0,
         "the static image was changed", FIXED[i][0], FIXED[i][1]);
}

static uint8_t *at(uint32_t offset) { return memory->data + input + offset; }

/* Puts the frame flush with the end of memory, but for the padding; returns its offset in the window. */
static uint32_t put_last(const uint8_t *frame, uint32_t length, int fill) {
  uint32_t offset = window - PADDING - length;
  memcpy(at(offset), frame, length);
  memset(at(offset + length), fill, PADDING);
  return offset;
}

static void hold_span(int32_t start, int32_t end, uint32_t length, const char *what) {
  HOLD(start >= 0 && start <= end && (uint32_t)end <= length, what, start, end);
}

/* Half-way through the window stands the scratch (assembly/memory.ts). */
static uint8_t *guard_scratch(uint32_t length) {
  uint8_t *canary = memory->data + (((input + (window >> 1)) & ~15u) + length + SCRATCH_SLACK);
  memset(canary, 0xa5, CANARY);
  return canary;
}

static void hold_scratch(const uint8_t *canary) {
  for (int i = 0; i < CANARY; i++) HOLD(canary[i] == 0xa5, "written behind the scratch", i, canary[i]);
}

static void hold_status(uint32_t status, uint32_t length) {
  HOLD(status <= LAST_STATUS, "unknown status", status, 0);
  if (status == OK) return;
  HOLD(record[ERROR_AT] >= 0 && (uint32_t)record[ERROR_AT] <= length, "error outside of the frame", status,
       record[ERROR_AT]);
}

static uint32_t scan_once(const uint8_t *frame, uint32_t length, uint32_t payload, uint32_t flags, Limits limits,
                          int fill) {
  uint32_t offset = put_last(frame, length, fill);
  uint8_t *canary = guard_scratch(length);
  uint32_t status =
      format == FLATBUFFERS
          ? Z_kernelZ_scanFlatBuffers(&kernel, offset, length, payload, flags, limits.depth, limits.nodes,
                                     limits.bigint)
          : Z_kernelZ_scan(&kernel, offset, length, format, flags, limits.depth, limits.nodes, limits.bigint);
  hold_status(status, length);
  hold_scratch(canary);
  HOLD(memcmp(at(offset), frame, length) == 0, "the frame was changed", status, 0);
  HOLD(record[FIELDS] >= 0 && record[FIELDS] <= INDEX_ENTRIES, "entries", record[FIELDS], 0);
  return status;
}

static void scan(const uint8_t *frame, uint32_t length, uint32_t payload, uint32_t flags, Limits limits) {
  int32_t known[RECORD_WORDS], known_entries[INDEX_ENTRIES * 3];
  uint32_t status = scan_once(frame, length, payload, flags, limits, FILL);
  memcpy(known, record, sizeof known);
  memcpy(known_entries, entries, record[FIELDS] * 12);
  uint32_t again = scan_once(frame, length, payload, flags, limits, OTHER_FILL);
  HOLD(status == again, "the bytes behind make another status", status, again);
  HOLD(memcmp(known, record, sizeof known) == 0, "the bytes behind make another record", status, 0);
  HOLD(memcmp(known_entries, entries, record[FIELDS] * 12) == 0, "the bytes behind make another index", status, 0);
  for (int32_t i = 0; i < record[FIELDS]; i++) hold_span(entries[3 * i + 1], entries[3 * i + 2], length, "an entry");
  if (status != OK) return;
  if (record[TEXT_START] != -1) hold_span(record[TEXT_START], record[TEXT_START + 1], length, "the text");
  hold_span(record[ARGS_START], record[ARGS_START + 1], length, "args");
  hold_span(record[KWARGS_START], record[KWARGS_START + 1], length, "kwargs");
}

static uint32_t check_once(const uint8_t *value, uint32_t length, uint32_t of, uint32_t flags, Limits limits,
                           int fill) {
  uint32_t offset = put_last(value, length, fill);
  uint8_t *canary = guard_scratch(length);
  uint32_t status = Z_kernelZ_check(&kernel, offset, length, of, limits.depth, limits.nodes, limits.bigint, flags);
  hold_status(status, length);
  hold_scratch(canary);
  HOLD(memcmp(at(offset), value, length) == 0, "the value was changed", status, 0);
  HOLD(*at(offset + length) == fill, "the byte behind was changed", status, *at(offset + length));
  return status;
}

static uint32_t check(const uint8_t *value, uint32_t length, uint32_t of, uint32_t flags, Limits limits) {
  uint32_t status = check_once(value, length, of, flags, limits, FILL);
  int32_t plain = record[FLAGS], where = record[ERROR_AT];
  uint32_t again = check_once(value, length, of, flags, limits, OTHER_FILL);
  HOLD(status == again, "the bytes behind make another status", status, again);
  if (status == OK) HOLD(plain == record[FLAGS], "the bytes behind make other flags", plain, record[FLAGS]);
  else HOLD(where == record[ERROR_AT], "the bytes behind move the error", where, record[ERROR_AT]);
  return status;
}

/* Keys that must be text refuse more, and nothing else: what they take, all take. */
static void check_names(const uint8_t *value, uint32_t length, int has_names, Limits limits) {
  uint32_t named = has_names ? check(value, length, format, NAMED, limits) : OK;
  uint32_t status = check(value, length, format, 0, limits);
  if (has_names) HOLD(named == status || named == KEY_TYPE, "names are more than text keys", named, status);
}

typedef struct {
  uint32_t status, length;
  uint8_t bytes[ROOM];
} Result;

/* Where the façade would put it: the value first, scratch, and the output up to the end of memory. */
static void transcode_first(const uint8_t *value, uint32_t length, uint32_t from, uint32_t to, uint32_t room,
                            Limits limits, Result *result) {
  uint32_t scratch = (length + 64 + 15) & ~15u, out = window - room;
  memcpy(at(0), value, length);
  *at(length) = FILL;
  result->status = Z_kernelZ_transcode(&kernel, 0, length, from, to, scratch, out, limits.depth, limits.nodes,
                                       limits.bigint, 0);
  HOLD(memcmp(at(0), value, length) == 0, "transcode changed the value", result->status, to);
  HOLD(*at(length) == FILL, "transcode changed the byte behind", result->status, to);
  if (result->status != OK) return;
  result->length = (uint32_t)record[OUT_END] - out;
  HOLD(result->length <= room, "length of the output", result->length, room);
  memcpy(result->bytes, at(out), result->length);
}

/* The value last, flush with the end of memory; `room` suffices, as is known from the first time. */
static void transcode_last(const uint8_t *value, uint32_t length, uint32_t from, uint32_t to, Limits limits,
                           const Result *result) {
  uint32_t offset = put_last(value, length, OTHER_FILL), scratch = ROOM + 1024;
  uint32_t status = Z_kernelZ_transcode(&kernel, offset, length, from, to, scratch, 0, limits.depth, limits.nodes,
                                        limits.bigint, 0);
  HOLD(status == OK, "another status at another place", status, to);
  HOLD((uint32_t)record[OUT_END] == result->length, "another length at another place", record[OUT_END], result->length);
  HOLD(memcmp(at(0), result->bytes, result->length) == 0, "other bytes at another place", to, 0);
}

static Result once, back, twice;

static void transcode(const uint8_t *value, uint32_t length, uint32_t to, int is_tight, Limits limits) {
  uint32_t checked = check(value, length, format, 0, limits);
  transcode_first(value, length, format, to, is_tight ? 256 + 2 * length : ROOM, limits, &once);
  if (once.status == NO_ROOM && is_tight) transcode_first(value, length, format, to, ROOM, limits, &once);
  if (once.status == NO_ROOM || once.status == RARE) return;
  hold_status(once.status, length);
  /* Well-formed, but one text is named so often that what is written would grow beyond all measure. */
  if (format == FLEXBUFFERS && checked == OK && once.status == SIZE_LIMIT) return;
  HOLD((once.status == OK) == (checked == OK), "check and transcode differ", checked, once.status);
  if (once.status != OK) return;
  transcode_last(value, length, format, to, limits, &once);
  if (once.length > 4096) return;
  /* A text that is a big integer's digits may have more or fewer bytes there. */
  uint32_t status = check(once.bytes, once.length, to, 0, limits);
  HOLD(status == OK, "what was transcoded is refused", status, to);
  if (format == FLEXBUFFERS) return;
  transcode_first(once.bytes, once.length, to, format, ROOM, limits, &back);
  if (back.status == RARE || back.status == NO_ROOM) return;
  HOLD(back.status == OK, "no way back", back.status, to);
  transcode_first(back.bytes, back.length, format, to, ROOM, limits, &twice);
  if (twice.status == RARE || twice.status == NO_ROOM) return;
  HOLD(twice.status == OK, "no second way", twice.status, to);
  HOLD(twice.length == once.length && memcmp(twice.bytes, once.bytes, once.length) == 0,
       "other bytes after the way there and back", to, twice.length);
}

#include "scan_transcoding.h"
#include "programs.h"

static void one_input(const uint8_t *data, size_t size) {
  static const uint32_t DEPTHS[] = {128, 3, 1000, 16};
  static const uint32_t NODES[] = {20000, 5, 200, 5000};
  uint32_t length = (uint32_t)size - 2, mode = data[length], more = data[length + 1];
  Limits limits = {DEPTHS[more & 3], NODES[(more >> 2) & 3], (more & 16) != 0 ? 16 : 1024};
  uint32_t scans = format == FLEXBUFFERS ? 0 : 3;
  uint32_t others = format == FLATBUFFERS ? 0 : 7;
  uint32_t passes = format < FLEXBUFFERS;
  mode %= scans + others + passes;
  if (mode == scans + others) {
    scan_transcoding(data, length, 1 + (more >> 6), (more & 32) != 0 ? TAGGED : 0, limits);
    return;
  }
  if (mode < scans) scan(data, length, 1 + (more >> 5) % FLEXBUFFERS, mode == 2 ? TRACE : mode, limits);
  else if ((mode -= scans) < 2) check_names(data, length, mode == 1, limits);
  else transcode(data, length, mode - 1, more >> 7, limits);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2 || size - 2 > MAX_FRAME) return 0;
  wasm_rt_trap_t trap = wasm_rt_impl_try();
  if (trap != WASM_RT_TRAP_NONE) finding("trap", trap, data[size - 2]);
  if (calls++ % CALLS == 0) start_over();
  if (format == PROGRAMS) program(data, (uint32_t)size);
  else one_input(data, size);
  hold_image();
  return 0;
}
