/*
 * An input that is a program: up to six calls on one or two buffers that a peer has sent, with the rules by which the
 * façade goes on from one call to the next (src/kernel/kernel.ts): spans and ends of outputs are taken over from the
 * record after an OK only, a second value is written behind the first, SCAN_REST follows a deferred scan. After each call
 * the static image and the loaded bytes must be as they were. For harness.c.
 *
 *     first buffer | second buffer | calls, four bytes each | how many calls | where the second begins, 2 bytes
 */

enum { CALL_BYTES = 4, MAX_CALLS = 6, TRAILER = 3 };
enum { LOAD, SCAN, SCAN_FLATBUFFERS, SCAN_REST, CHECK, TRANSCODE, SCAN_TRANSCODING, FIND, INTERN, KINDS };
enum { STEP_INDEX = 0, STEP_KEY = 1, STEP_BYTES = 28, FIND_FIRST = 8 };

typedef struct {
  const uint8_t *bytes;
  uint32_t length;
} Buffer;

/* What the façade knows between two calls. */
typedef struct {
  Buffer loaded;
  /* The format of the last scan, if that was a deferred one and succeeded. */
  uint32_t deferred;
  /* All that is loaded, args, kwargs. */
  uint32_t spans[3][2];
  /* Where the last output ends that is good, or 0. */
  uint32_t out_end;
} Facade;

static void load_buffer(Facade *facade, Buffer buffer) {
  memcpy(at(0), buffer.bytes, buffer.length);
  *facade = (Facade){.loaded = buffer, .spans = {{0, buffer.length}, {0, 0}, {0, 0}}};
}

static void take_spans(Facade *facade, uint32_t status, uint32_t length) {
  hold_status(status, length);
  facade->deferred = 0;
  if (status != OK) return;
  for (int i = 0; i < 2; i++) {
    const int32_t *span = record + (i == 0 ? ARGS_START : KWARGS_START);
    hold_span(span[0], span[1], length, "a span");
    facade->spans[i + 1][0] = (uint32_t)span[0];
    facade->spans[i + 1][1] = (uint32_t)span[1];
  }
}

/* Takes the end of an output over when there is one. */
static void take_output(Facade *facade, uint32_t status, uint32_t out) {
  HOLD(status <= LAST_STATUS || status == NO_ROOM || status == RARE, "unknown status", status, 0);
  facade->out_end = 0;
  if (status != OK) return;
  HOLD((uint32_t)record[OUT_END] >= out && (uint32_t)record[OUT_END] <= window, "the end of an output", out,
       record[OUT_END]);
  facade->out_end = (uint32_t)record[OUT_END];
}

static uint32_t put_step(uint32_t place, uint32_t what, const uint8_t *key, uint32_t number) {
  uint32_t size = what == STEP_KEY ? (STEP_BYTES + number + 3) & ~3u : STEP_BYTES;
  uint32_t *words = (uint32_t *)(memory->data + place);
  words[0] = what;
  words[1] = number;
  words[2] = size;
  if (what == STEP_KEY) memcpy(memory->data + place + STEP_BYTES, key, number);
  return size;
}

/* Two steps into the value, or the value itself, or its end. */
static void find(const Facade *facade, uint32_t of, const uint32_t *span, const uint8_t *call, Limits limits) {
  uint32_t scratch = Z_kernelZ_scratch(&kernel), size = 0, mode = call[3] % 3, length = facade->loaded.length;
  for (int i = 0; i < 2 && mode == 1; i++) {
    uint32_t key = call[2 + i] % (length + 1), bytes = length - key < 12 ? length - key : 12;
    if ((call[3] >> (3 + i)) & 1) size += put_step(scratch + size, STEP_KEY, facade->loaded.bytes + key, bytes);
    else size += put_step(scratch + size, STEP_INDEX, NULL, call[2 + i] & 7);
  }
  uint32_t flags = (call[3] & 64) != 0 ? FIND_FIRST : 0;
  uint32_t status = Z_kernelZ_find(&kernel, span[1], of, limits.depth, limits.nodes, limits.bigint, flags, mode, span[0],
                                   0, size, 0, 0);
  /* Of big numbers as keys JavaScript finds more. */
  HOLD(status <= LAST_STATUS || status == RARE, "unknown status of find", status, mode);
}

static void one_call(Facade *facade, const Buffer *buffers, const uint8_t *call, Limits limits) {
  uint32_t of = 1 + call[1] % FLEXBUFFERS, to = 1 + call[2] % UBJSON_DRAFT12;
  const uint32_t *span = facade->spans[(call[2] >> 4) % 3];
  uint32_t length = facade->loaded.length, scratch = (length + 64 + 15) & ~15u;
  uint32_t out = (scratch + length + 64 + 15) & ~15u;
  uint32_t flags = (call[3] & 1) != 0 ? TAGGED : 0;
  switch (call[0] % KINDS) {
    case LOAD:
      load_buffer(facade, buffers[call[1] & 1]);
      break;
    case SCAN:
      if (of == FLEXBUFFERS) of = CBOR;
      flags |= (call[3] & 2) != 0 ? DEFERRED : (call[3] & 4) != 0 ? TRACE : 0;
      take_spans(facade, Z_kernelZ_scan(&kernel, 0, length, of, flags, limits.depth, limits.nodes, limits.bigint), length);
      if ((flags & DEFERRED) != 0 && record[MODE] == MODE_UNCHECKED) facade->deferred = of;
      break;
    case SCAN_FLATBUFFERS:
      flags |= (call[3] & 2) != 0 ? DEFERRED : 0;
      take_spans(facade,
                 Z_kernelZ_scanFlatBuffers(&kernel, 0, length, of, flags, limits.depth, limits.nodes, limits.bigint),
                 length);
      /* Where the façade has read the envelope by itself, args and kwargs are checked alone. */
      if ((call[3] & 4) != 0) {
        const uint32_t *args = facade->spans[1], *kwargs = facade->spans[2];
        hold_status(Z_kernelZ_checkArgs(&kernel, args[0], args[1] - args[0], kwargs[0], kwargs[1] - kwargs[0], of,
                                        limits.depth, limits.nodes, limits.bigint),
                    length);
      }
      break;
    case SCAN_REST:
      if (facade->deferred == 0) return;
      of = facade->deferred;
      flags |= REST;
      take_spans(facade, Z_kernelZ_scan(&kernel, 0, length, of, flags, limits.depth, limits.nodes, limits.bigint), length);
      break;
    case CHECK:
      hold_status(Z_kernelZ_check(&kernel, span[0], span[1] - span[0], of, limits.depth, limits.nodes, limits.bigint,
                                  flags),
                  span[1] - span[0]);
      break;
    case TRANSCODE:
      /* Behind the last output, when there is one; the probe of FlexBuffers begins anew. */
      if ((call[3] & 2) != 0 && facade->out_end != 0) out = facade->out_end;
      take_output(facade,
                  Z_kernelZ_transcode(&kernel, span[0], span[1] - span[0], of, to, scratch, out, limits.depth,
                                      limits.nodes, limits.bigint, flags),
                  out);
      break;
    case SCAN_TRANSCODING:
      if (facade->deferred != 0 && (call[3] & 2) != 0) {
        of = facade->deferred;
        flags |= REST;
      }
      if (of == FLEXBUFFERS) of = CBOR;
      facade->deferred = 0;
      take_output(facade,
                  Z_kernelZ_scanTranscoding(&kernel, 0, length, of, to, scratch, out, limits.depth, limits.nodes,
                                            limits.bigint, flags),
                  0);
      break;
    case FIND:
      find(facade, of, span, call, limits);
      break;
    case INTERN:
      Z_kernelZ_internUri(&kernel, call[1] < length ? call[1] : length, call[3] & 1);
      facade->deferred = 0;
      break;
  }
}

static void program(const uint8_t *data, uint32_t size) {
  if (size < TRAILER) return;
  uint32_t count = data[size - 3] % MAX_CALLS + 1, split = data[size - 2] | (data[size - 1] << 8);
  if (size - TRAILER < count * CALL_BYTES) return;
  uint32_t length = size - TRAILER - count * CALL_BYTES;
  if (split > length) split = length;
  const Buffer buffers[2] = {{data, split}, {data + split, length - split}};
  const uint8_t *call = data + length;
  Facade facade;
  load_buffer(&facade, buffers[0]);
  for (uint32_t i = 0; i < count; i++, call += CALL_BYTES) {
    Limits limits = {(call[3] & 8) != 0 ? 3 : 128, (call[3] & 16) != 0 ? 5 : 20000, (call[3] & 32) != 0 ? 16 : 1024};
    one_call(&facade, buffers, call, limits);
    hold_image();
    HOLD(memcmp(at(0), facade.loaded.bytes, facade.loaded.length) == 0, "the loaded bytes were changed", i, call[0]);
  }
}
