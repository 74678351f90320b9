-- What the six statements work on. Shaped like the ledger's tables, with less to keep: numbers for ids, one index beside the keys.
CREATE TABLE accounts (
    id bigint PRIMARY KEY,
    balance_tokens bigint NOT NULL CHECK (balance_tokens >= 0),
    version bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE transfers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind smallint NOT NULL,
    debit_account_id bigint NOT NULL,
    credit_account_id bigint NOT NULL,
    tokens bigint NOT NULL CHECK (tokens > 0),
    posted_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ON transfers (debit_account_id);
