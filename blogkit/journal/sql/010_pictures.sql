-- Where pictures are on image hosts. sha256: of the local file. size, type, digest, width, height: of what was uploaded (digest '': the host
-- keeps a copy of its own). verified: when readers last got it, '' if never. proof: '' (not yet), 'bytes', or 'picture' (in other bytes).

CREATE TABLE picture (
    host TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    "key" TEXT NOT NULL,
    url TEXT NOT NULL,
    size INTEGER NOT NULL,
    type TEXT NOT NULL,
    digest TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    uploaded TEXT NOT NULL,
    verified TEXT NOT NULL DEFAULT '',
    proof TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (host, sha256)
);
