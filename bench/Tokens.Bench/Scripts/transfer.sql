\set fan random(1, :members)
\set creator :members + random(1, :creators)
BEGIN;
SELECT balance_tokens FROM accounts WHERE id = :fan FOR UPDATE;
UPDATE accounts SET balance_tokens = balance_tokens - 1, version = version + 1 WHERE id = :fan;
UPDATE accounts SET balance_tokens = balance_tokens + 1, version = version + 1 WHERE id = :creator;
INSERT INTO transfers (kind, debit_account_id, credit_account_id, tokens) VALUES (5, :fan, :creator, 1);
COMMIT;
