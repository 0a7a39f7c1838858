#!/usr/bin/env python3
"""An independent verifier of an audit log that follows docs/reference/audit-format.md; "rule" below means the rules of that page.
Needs Python 3.11 and OpenSSL 3.  verify_log.py audit.db [--anchor FILE]... [--vkey KEY]  |  verify_log.py --proof FILE --event FILE [--vkey KEY]"""
import argparse, base64, datetime, hashlib, json, os, re, sqlite3, subprocess, sys, tempfile

ORIGIN, BLOCK, MAX = "keeptrusts.local/audit/", 1024, 2**53 - 1
# SHA-256 of the lines "type name tbl_name sql" of sqlite_schema, sorted, after the statements of the page.
SCHEMA = "303552812e0c970855a631dbbcd79463f654de54cd4d0def8ffb3f8a73f24e2a"
NOTE = re.compile(r"([^\s+]+)\n([1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n\n((?:— \S+ \S+\n){1,16})")
sha, raw = lambda b: hashlib.sha256(b).digest(), lambda text: text.encode("utf-8", "surrogateescape")  # raw: a TEXT as it is stored

def b64(text):
    data = base64.b64decode(text, validate=True)
    return data if base64.b64encode(data).decode() == text else refuse(text)
def refuse(what): raise ValueError(f"not as the format wants it: {what}")

class Tree:  # RFC 6962, held as its frontier
    def __init__(self, n=0, frontier=()): self.n, self.front = n, list(frontier)
    def add(self, h):
        n, self.n = self.n, self.n + 1
        while n & 1: h, n = sha(b"\1" + self.front.pop() + h), n >> 1
        self.front.append(h)
    def root(self):
        h = self.front[-1] if self.front else sha(b"")
        for r in self.front[-2::-1]: h = sha(b"\1" + r + h)
        return h

def parse_event(data):  # ValueError for what may not occur in an event
    def members(pairs):
        ok = len(dict(pairs)) == len(pairs) and all(re.fullmatch("[ -~]+", k) and k != "__proto__" for k, _ in pairs)
        return dict(pairs) if ok else refuse("names")
    def depth(v): return 1 + max(map(depth, v.values() if isinstance(v, dict) else v), default=0) if isinstance(v, (dict, list)) else 0
    def integer(text): return int(text) if abs(int(text)) <= MAX else refuse(text)
    try: e = json.loads(data.decode(), object_pairs_hook=members, parse_int=integer, parse_float=refuse, parse_constant=refuse)
    except RecursionError: refuse("nesting")
    ok = isinstance(e, dict) and depth(e) <= 32 and all(isinstance(e.get(k), str) and e[k] for k in ("log", "id", "type", "time"))
    return e if ok and type(e.get("seq")) is type(e.get("ts")) is int else refuse("members")
def canon(e): return json.dumps(e, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
def string(e, *path):  # the string at a path, or None
    for name in path: e = e.get(name) if isinstance(e, dict) else None
    return e if isinstance(e, str) else None

class Note:
    def __init__(self, note):
        m = isinstance(note, str) and NOTE.fullmatch(note) or refuse("a note")
        self.text, self.origin, self.size, self.root = note[:m.end(3) + 1], m[1], int(m[2]), b64(m[3])
        self.sigs = [(line.split(" ")[1], b64(line.split(" ")[2])) for line in m[4].split("\n")[:-1]]
    def signed_by(self, vkey):
        try: name, kid, pub = parse_vkey(vkey)
        except (ValueError, AttributeError): return False  # no key, or none that can be read
        ours = [s[4:] for n, s in self.sigs if n == name and s[:4] == kid]
        return self.origin == name and ours != [] and all(ed25519(pub, self.text.encode(), s) for s in ours)
def parse_vkey(vkey):
    name, kid, key = vkey.split("+", 2)
    ok = len(b64(key)) == 33 and b64(key)[0] == 1 and sha(name.encode() + b"\n" + b64(key))[:4].hex() == kid
    return (name, bytes.fromhex(kid), b64(key)[1:]) if ok else refuse(vkey)
def ed25519(pub, text, sig):
    with tempfile.TemporaryDirectory() as d:
        for name, data in ("key", bytes.fromhex("302a300506032b6570032100") + pub), ("text", text), ("sig", sig):
            with open(os.path.join(d, name), "wb") as f: f.write(data)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile sig"
        return subprocess.run(command.split(), cwd=d, capture_output=True).returncode == 0

def read_anchors(path):  # [(note, the time of its line or None, is it from a line)]
    with open(path, "rb") as f: text = f.read().decode("utf-8", "replace")
    found = []
    for line in text.split("\n") if "{" in text else []:
        try: found.append((Note((a := json.loads(line[line.index("{"):]))["note"]), string(a, "time"), True))
        except (ValueError, KeyError, TypeError): pass  # not a line with a note
    try: return found if "{" in text else [(Note(text.rstrip() + "\n"), None, False)]
    except ValueError: return []

class Log:
    def __init__(self, db, anchors):
        self.db, self.faults, self.anchors, self.complete = db, [], anchors, None
        versions = [v for pragma in ("application_id", "user_version") for (v,) in db.execute(f"PRAGMA {pragma}")]
        if versions != [0x4b546175, 2]: refuse(f"application_id and user_version {versions}")
        self.end, self.rows = 0, db.execute("SELECT size, first, upto, head.frontier, last_ts, tip_note, prune.frontier FROM head, prune, prune_window").fetchall()
        self.meta, self.blocks, self.notes, self.keys = (dict(db.execute(f"SELECT * FROM {t}")) for t in ("meta", "subtrees", "checkpoints", "signing_keys"))
        self.log, self.origin = self.meta["log"], ORIGIN + self.meta["log"]
        self.anchors = [a for a in anchors if a[0].origin == self.origin]
    def event(self, code, seq): self.faults.append((seq, code, f"event {seq}"))
    def tree(self, code, size): self.faults.append((max(0, size - 1), code, f"tree {size}"))
    def other(self, code, what=""): self.faults.append((MAX, code, what))
    def key_at(self, size): return self.keys.get(max((f for f in self.keys if f <= size), default=None))

    def check(self, vkey):  # whether the verdict rests on the key
        for (line,) in self.db.execute("PRAGMA integrity_check(10)"): line == "ok" or self.other("database-damaged", line)  # rule 1
        objects = sorted(" ".join(map(str, r)) for r in self.db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))
        if sha("\n".join(objects).encode()).hex() != SCHEMA: self.other("schema-changed")
        if len(self.rows) != 1: return self.other("head-changed")
        (self.head, self.prune, self.upto, *self.said), = self.rows
        (low,), = self.db.execute("SELECT min(seq) FROM events")
        cut_off = low is not None and self.prune < low <= self.upto and self.upto % BLOCK == 0
        self.start = self.upto if cut_off else self.prune
        if low is None: self.event("event-missing", self.start)
        elif low < self.prune: self.event("event-unexpected", low)
        self.walk(), self.check_notes(), self.check_anchors(), self.check_prunings(), self.check_keys(), self.check_side_tables()
        return self.check_pin(vkey) if vkey else False

    def walk(self):  # rules 2 to 5; gathers the roots that are wanted, and the events about the log itself
        self.roots, self.own, self.ts, above, block = {}, [], {}, Tree(), Tree()
        for i in range(self.start // BLOCK):
            if i in self.blocks: above.add(self.blocks[i]); self.roots[above.n * BLOCK] = above.root()
        tree = Tree(self.start, above.front) if above.n * BLOCK == self.start else None  # None: can no longer be known
        wanted, seq, last = {*self.notes, self.head, *(n.size for n, *_ in self.anchors)}, self.start - 1, -1
        boxes = {s: sha(raw(k) + n + b).hex() for s, k, n, b in self.db.execute("SELECT seq, key_id, nonce, box FROM payloads")}
        configs, self.unkept = {h for h, in self.db.execute("SELECT hash FROM configs")}, []
        rows = "SELECT seq, leaf, body, ts, id, type, decision, request_id, model, principal, target FROM events WHERE seq >= ? ORDER BY seq"
        for row, leaf, body, *columns in self.db.execute(rows, (self.start,)):
            if row != seq + 1: self.event("event-missing", seq + 1); tree = None
            seq = row
            if sha(b"\0" + raw(body)) != leaf: self.event("event-changed", seq)
            try: e = parse_event(raw(body))
            except ValueError: e = {}
            if not e or canon(e) != raw(body): self.event("event-form", seq)
            if e and e["log"] != self.log: self.event("event-changed", seq)
            paths = ("id",), ("type",), ("decision",), ("request_id",), ("model",), ("actor", "subject"), ("target", "id")
            if (e.get("seq"), e.get("ts")) != (seq, columns[0]) or [string(e, *p) for p in paths] != columns[1:]: self.event("event-columns", seq)
            if columns[0] < last: self.event("event-time", seq)
            self.ts[seq] = last = columns[0]
            if str(e.get("type")).startswith("audit."): self.own.append((seq, e))
            kept, said = boxes.pop(seq, None), string(e, "content", "payload")  # rule 11
            if kept != said: self.unkept.append(seq) if kept is None else self.event("payload-changed" if said else "payload-unexpected", seq)
            if string(e, "config_hash") not in {None, *configs}: self.event("config-missing", seq); configs.add(e["config_hash"])
            if tree: tree.add(leaf); block.add(leaf)
            if tree and tree.n in wanted: self.roots[tree.n] = tree.root()
            if tree and tree.n % BLOCK == 0:
                if self.blocks.get(seq // BLOCK, block.root()) != block.root(): self.tree("block-changed", tree.n)
                block = Tree()
        self.end, self.front = seq + 1, tree and b"".join(tree.front)
        for i in {*range(self.end // BLOCK)} ^ {*self.blocks}: self.tree("block-changed", (i + 1) * BLOCK)
        for s in boxes: self.event("payload-unexpected", s)

    def check_notes(self):  # rules 6 to 8
        endorsed = {s + 1 for s, e in self.own if (e["type"], e.get("key"), e.get("endorsed")) == ("audit.key_rotated", "signing", True)}
        for size in {*range(BLOCK, self.end + 1, BLOCK), *endorsed} - {*self.notes}: self.tree("checkpoint-missing", size)
        front, last_ts, tip, _ = self.said
        self.stated = {}  # the roots that the log's own notes state
        for size, note in [*sorted(self.notes.items()), (self.head, tip)]:
            try: n = Note(note); good = n.signed_by(self.key_at(size))
            except ValueError: self.tree("checkpoint-changed", size); continue
            self.stated.setdefault(size, n.root)
            if n.origin != self.origin or n.size != size or len(n.sigs) != 1 or self.roots.get(size, n.root) != n.root: self.tree("checkpoint-changed", size)
            elif not good: self.tree("checkpoint-signature", size)
        for size in self.notes: size <= self.end or self.tree("checkpoint-unexpected", size)
        if self.head != self.end or last_ts != self.ts.get(self.end - 1, last_ts) or self.front not in (None, front): self.tree("head-changed", self.head)

    def check_anchors(self):
        restores, pruned = {}, [e for _, e in self.own if e["type"] == "audit.pruned"][-1:]
        told = [(r["seq"], r["ts"]) for e in pruned for r in e.get("restores", [])] + [(s, e["ts"]) for s, e in self.own if e["type"] == "audit.restored"]
        for n, time, from_line in self.anchors:
            at = datetime.datetime.fromisoformat(time).timestamp() * 1000 if time else 0
            explained = [s for s, ts in told if n.size > s and at <= ts]
            if explained and self.roots.get(n.size, self.stated.get(n.size)) != n.root: restores.setdefault(explained[0], n.size); continue
            good = any(n.signed_by(k) for k in (self.keys.values() if n.size > self.end else [self.key_at(n.size)]))
            ours = self.roots.get(n.size, self.stated.get(n.size))
            if n.size > self.end: self.tree("truncated", n.size)
            if not good: self.tree("anchor-signature", n.size)
            elif from_line and n.size <= self.end and n.size not in {*self.notes, *(s for s, _ in told)}: self.tree("checkpoint-missing", n.size)
            if good and n.size <= self.end and ours not in (None, n.root): self.tree("anchor-mismatch", n.size)
            elif good and ours == n.root: self.complete = max(self.complete or 0, n.size)
        for s in restores: self.event("restored", s)

    def check_prunings(self):  # rule 10
        pfront = self.said[3]
        front = [pfront[i:i + 32] for i in range(0, len(pfront), 32)]
        root = self.stated.get(self.prune) if self.prune else sha(b"")
        if self.prune % BLOCK or len(pfront) != 32 * self.prune.bit_count() or Tree(self.prune, front).root() != root: self.tree("prune-changed", self.prune)
        before = {}
        for seq, e in (p for p in self.own if p[1]["type"] == "audit.pruned"):
            try:
                up, previous, expected = e["up_to"], e["previous"] or {}, before or e["previous"] or {}
                if up % BLOCK or up > seq or b64(e["root"]) != self.stated.get(up) or e["count"] != up - previous.get("up_to", 0) \
                        or any(previous.get(k) != expected.get(k) for k in ("up_to", "root")): self.tree("prune-changed", seq)
                by_hand = e.get("by_hand") is True and e.get("immutable") is False and bool(e.get("actor"))
                if not by_hand and e["ts"] - e["newest_ts"] < e["retention_days"] * 86_400_000: self.event("prune-early", seq)
                if up == self.start and e["newest_ts"] > self.ts.get(up, MAX): self.tree("prune-changed", up)
            except (KeyError, TypeError, ValueError, AttributeError): self.tree("prune-changed", seq)
            before = e
        if self.start and all(e.get("up_to") != self.start for _, e in self.own if e["type"] == "audit.pruned"): self.event("prune-unrecorded", 0)
        if self.upto > max(self.prune, before.get("up_to", 0)): self.tree("prune-changed", self.upto)

    def check_keys(self):  # rule 9
        told, self.rotations = {}, {}
        for seq, e in self.own:
            if e["type"] == "audit.pruned":  # of rotations that are there, only they themselves tell
                told.update((k["from_size"], k["vkey"]) for k in e.get("signing_keys", []) if k["from_size"] <= self.start + 1 and self.start)
            if e["type"] == "audit.genesis" and e.get("adopted") == seq: told[0] = e.get("vkey")
            if e["type"] == "audit.key_rotated" and e.get("key") == "signing":
                size = seq + (2 if e.get("endorsed") is True else 1)
                told[size], self.rotations[size] = e.get("vkey"), (seq, e.get("endorsed") is True)
        for size in {*told, *self.keys}: told.get(size) == self.keys.get(size) or self.tree("key-unrecorded", size)

    def check_side_tables(self):  # rules 11 and 12
        erased = [r if isinstance(r, list) else [r, r] for _, e in self.own if e["type"] == "audit.payload_erased" for r in e.get("seqs", [])]
        for seq in self.unkept: any(a <= seq <= b for a, b in erased) or self.event("payload-missing", seq)
        for kid, wrapped in self.db.execute("SELECT key_id, wrapped FROM payload_keys"): sha(wrapped).hex()[:32] == kid or self.other("payload-changed", kid)
        for h, canonical in self.db.execute("SELECT hash, canonical FROM configs"): sha(raw(canonical)).hex() == h or self.other("config-changed", h)
        prompts = [e["prompt_key"] for _, e in self.own if e["type"] in ("audit.genesis", "audit.pruned", "audit.key_rotated") and string(e, "prompt_key")]
        if {*self.meta} != {"log", "prompt_key"} or self.meta["prompt_key"] not in prompts[-1:]: self.other("meta-changed")

    def check_pin(self, vkey):
        rows = [f for f in self.keys if self.keys[f] == vkey]
        if not rows: self.tree("key-foreign", 0)
        later = [self.rotations.get(f) for f in self.keys if rows and f > max(rows)]
        for seq, endorsed in filter(None, later): endorsed or self.event("key-unendorsed", seq)
        return rows != [] and None not in later

def prove(proof, data, vkey):  # (exit code, what to say)
    lines, note = proof.split("\n\n", 1)[0].split("\n"), Note("".join(proof.split("\n\n", 1)[1:]))
    if lines[0] != "c2sp.org/tlog-proof@v1" or not re.fullmatch("index (0|[1-9][0-9]*)", lines[1]): refuse("a proof")
    e, i, n = parse_event(data), int(lines[1][6:]), note.size - 1
    h = sha(b"\0" + canon(e))
    ok = i == e["seq"] and note.origin == ORIGIN + e["log"] and i <= n
    for p in map(b64, lines[2:]):
        ok = ok and len(p) == 32 and n > 0
        if i & 1 or i == n:
            h = sha(b"\1" + p + h)
            while i and not i & 1: i, n = i >> 1, n >> 1
        else: h = sha(b"\1" + h + p)
        i, n = i >> 1, n >> 1
    if not ok or n or h != note.root or (vkey and not note.signed_by(vkey)): return 1, "refuted"
    return (0, f"proven: event {e['seq']} is in the tree of {note.size}") if vkey else (3, "the path fits, but no key was given")

def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("db", nargs="?"), args.add_argument("--anchor", action="append", default=[])
    for name in "--vkey", "--proof", "--event": args.add_argument(name)
    a = args.parse_args()
    try:
        if a.vkey: parse_vkey(a.vkey)
        if a.proof:
            with open(a.proof, encoding="utf-8", newline="") as p, open(a.event, "rb") as e: code, said = prove(p.read(), e.read(), a.vkey)
            print(said)
            return code
        anchors = [n for file in a.anchor for n in read_anchors(file)]  # before the transaction
        db = sqlite3.connect(f"file:{os.path.abspath(a.db)}?mode=ro", uri=True, isolation_level=None)
        db.text_factory = lambda b: b.decode("utf-8", "surrogateescape")
        db.execute("BEGIN")
        log = Log(db, anchors)
    except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as error:
        print("could not check:", error)
        return 2
    try: pinned = log.check(a.vkey)
    except sqlite3.DatabaseError as error: pinned = log.other("database-damaged", str(error))
    faults = sorted(log.faults, key=lambda fault: fault[0])
    missing = ("truncated", "restored")
    cut_off = any(code in missing for _, code, _ in faults)
    print("integrity:", "tampered with" if any(code not in missing for _, code, _ in faults) else "intact")
    print("completeness:", "broken" if cut_off else f"proven up to {log.complete} of {log.end} events" if log.complete else "not proven")
    print("key:", "the verdict rests on the one that was given" if pinned else "none that the verdict could rest on")
    for i, (_, code, record) in enumerate(faults[:100]): print("then:" if i else "first bad record:", code, record)
    return 1 if faults else 0 if log.complete and pinned else 3

if __name__ == "__main__": sys.exit(main())
