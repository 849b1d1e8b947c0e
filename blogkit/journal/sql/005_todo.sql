-- What a person has to do by hand, because the site's API cannot: one row for each value. done: '' until it is ticked off.

CREATE TABLE todo (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    "key" TEXT NOT NULL,
    title TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    link TEXT NOT NULL,
    noted TEXT NOT NULL,
    done TEXT NOT NULL DEFAULT ''
);

CREATE UNIQUE INDEX todo_by_post ON todo (site, "key", name);
