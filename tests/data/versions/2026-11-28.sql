-- A database as the version of 28 November 2026 left it (schema 4, before answers had an edition):
-- eight owners at different steps, two open cases and their timers. Written by that version, not by hand.
BEGIN TRANSACTION;
CREATE TABLE amendments (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    content TEXT NOT NULL
) STRICT;
CREATE TABLE cases (
    id        TEXT PRIMARY KEY,
    key       TEXT NOT NULL,
    open      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "cases" VALUES('c-waiting','line:waiting',1);
INSERT INTO "cases" VALUES('c-claimed','line:claimed',1);
CREATE TABLE codes (
    code    TEXT PRIMARY KEY,
    flow    TEXT NOT NULL,
    answers TEXT NOT NULL,
    until   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE conversations (
    key       TEXT PRIMARY KEY,
    state     TEXT NOT NULL,
    last_seen TEXT
) STRICT;
INSERT INTO "conversations" VALUES('line:begun','{"key":"line:begun","mode":"asking","flow":"diagnosis","answers":{"sales":["down_sharp"],"cause":["fewer_customers"],"costs":["materials"]},"offered":[["黒字","v1|profit=black"],["とんとん","v1|profit=even"],["この1年は赤字","v1|profit=loss"],["2年以上つづけて赤字","v1|profit=loss_long"],["わからない","v1|profit=unknown"],["戻る","v1|do=back"],["人と話す","v1|do=person"]],"last_seen":"2026-11-30T14:58:34.907813+00:00"}','2026-11-30T14:58:34.907813+00:00');
INSERT INTO "conversations" VALUES('line:adding','{"key":"line:adding","mode":"asking","flow":"diagnosis","answers":{"sales":["down_sharp"],"cause":["fewer_customers"],"costs":["materials"]},"adding":"costs","offered":[["これで全部","v1|done=costs"],["人件費","v1|costs=labor"],["家賃・リース","v1|costs=rent"],["光熱費・燃料","v1|costs=energy"],["外注費・運送費","v1|costs=outsourcing"],["借入の利息","v1|costs=interest"],["戻る","v1|do=back"],["人と話す","v1|do=person"]],"last_seen":"2026-11-30T14:58:35.140259+00:00"}','2026-11-30T14:58:35.140259+00:00');
INSERT INTO "conversations" VALUES('line:split','{"key":"line:split","mode":"asking","flow":"diagnosis","answers":{"sales":["down_slight"],"cause":["fewer_customers"],"costs":["materials"],"profit":["loss"],"lenders":["jfc"],"repayment":["late"],"rescheduled":["never"],"arrears":["none"],"cash":["within_3_months"],"wishes":["turn_profitable"],"prefecture":["27"],"legal_form":["cooperative"]},"offered":[["回答を直す","v1|do=correct"],["質問する","v1|do=ask"],["人と話す","v1|do=person"],["最初から","v1|do=restart"]],"last_seen":"2026-11-30T14:58:35.703714+00:00"}','2026-11-30T14:58:35.703714+00:00');
INSERT INTO "conversations" VALUES('line:finished','{"key":"line:finished","mode":"asking","flow":"diagnosis","answers":{"sales":["down_slight"],"cause":["fewer_customers"],"costs":["materials"],"profit":["loss"],"lenders":["jfc"],"repayment":["late"],"rescheduled":["never"],"arrears":["none"],"cash":["within_3_months"],"wishes":["turn_profitable"],"legal_form":["sole_proprietor"],"industry":["retail"],"expert":["none"],"prefecture":["27"]},"offered":[["回答を直す","v1|do=correct"],["質問する","v1|do=ask"],["人と話す","v1|do=person"],["最初から","v1|do=restart"]],"last_seen":"2026-11-30T14:58:37.433431+00:00"}','2026-11-30T14:58:37.433431+00:00');
INSERT INTO "conversations" VALUES('line:urgent','{"key":"line:urgent","mode":"asking","flow":"diagnosis","answers":{"emergency":["wages"]},"offered":[["北海道","v1|region=北海道"],["東北","v1|region=東北"],["関東","v1|region=関東"],["中部","v1|region=中部"],["近畿","v1|region=近畿"],["中国","v1|region=中国"],["四国","v1|region=四国"],["九州・沖縄","v1|region=九州・沖縄"],["わからない","v1|prefecture=unknown"],["戻る","v1|do=back"],["人と話す","v1|do=person"]],"last_seen":"2026-11-30T14:58:37.537491+00:00"}','2026-11-30T14:58:37.537491+00:00');
INSERT INTO "conversations" VALUES('line:unheard','{"key":"line:unheard","mode":"asking","flow":"diagnosis","offered":[["増えている","v1|sales=up"],["変わらない","v1|sales=flat"],["1〜2割くらい減った","v1|sales=down_slight"],["3割以上減った","v1|sales=down_sharp"],["わからない","v1|sales=unknown"],["人と話す","v1|do=person"]],"misses":1,"last_seen":"2026-11-30T14:58:37.627575+00:00"}','2026-11-30T14:58:37.627575+00:00');
INSERT INTO "conversations" VALUES('line:waiting','{"key":"line:waiting","mode":"waiting","flow":"diagnosis","answers":{"sales":["down_sharp"]},"offered":[["ボットに戻る","v1|do=bot"],["電話の窓口を見る","v1|do=center"]],"last_seen":"2026-11-30T14:58:42.342566+00:00","case":{"id":"c-waiting","reason":"asked","opened_at":"2026-11-30T14:58:42.287433+00:00","promised_by":"2026-12-01T10:00:00+09:00","holder":"","holder_name":"","first_reply_at":null,"ended_at":null,"ending":null,"nudged":false,"quiet_until":"2026-12-01T10:00:00+09:00","media_told":false}}','2026-11-30T14:58:42.342566+00:00');
INSERT INTO "conversations" VALUES('line:claimed','{"key":"line:claimed","mode":"with_staff","flow":"diagnosis","answers":{"sales":["down_slight"]},"offered":[["ボットに戻る","v1|do=bot"],["電話の窓口を見る","v1|do=center"]],"last_seen":"2026-11-30T14:58:42.432768+00:00","case":{"id":"c-claimed","reason":"asked","opened_at":"2026-11-30T14:58:42.432768+00:00","promised_by":"2026-12-01T10:00:00+09:00","holder":"U0HANAKO","holder_name":"相談員","first_reply_at":null,"ended_at":null,"ending":null,"nudged":false,"quiet_until":"2026-11-30T15:58:42.502138+00:00","media_told":false}}','2026-11-30T14:58:42.432768+00:00');
CREATE TABLE lists (
    reference TEXT PRIMARY KEY,
    channel   TEXT NOT NULL,
    groups    TEXT NOT NULL,
    more      INTEGER NOT NULL,
    done      TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT NOT NULL,
    outgoing  TEXT NOT NULL,
    retry_key TEXT NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    created   TEXT NOT NULL,
    due       TEXT,
    error     TEXT NOT NULL DEFAULT '',
    held       INTEGER NOT NULL DEFAULT 0,  -- by the monthly quota
    token_gone INTEGER NOT NULL DEFAULT 0   -- only a push is left
, about TEXT NOT NULL DEFAULT '', message_id TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE posts (
    reference TEXT PRIMARY KEY,
    key       TEXT NOT NULL,
    channel   TEXT NOT NULL,
    ts        TEXT NOT NULL,
    thread    TEXT NOT NULL DEFAULT '',  -- the name of the post whose thread it is in
    wiped     TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO "posts" VALUES('case:c-waiting','line:waiting','C0DESK','1796050722.311694','','');
INSERT INTO "posts" VALUES('case:c-claimed','line:claimed','C0DESK','1796050722.467329','','');
INSERT INTO "posts" VALUES('history:c-waiting','line:waiting','C0DESK','1796050722.334788','case:c-waiting','');
INSERT INTO "posts" VALUES('history:c-claimed','line:claimed','C0DESK','1796050722.486704','case:c-claimed','');
INSERT INTO "posts" VALUES('said:304352049522468678','line:waiting','C0DESK','1796050722.351495','case:c-waiting','');
CREATE TABLE seen (
    event_id TEXT PRIMARY KEY,
    seen_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "seen" VALUES('01M8PFDZPERS48YAVEQGS8K7NA','2026-11-30T14:58:34.318393+00:00');
INSERT INTO "seen" VALUES('01M8PFDZYDEYYPAACR1KHYPZWT','2026-11-30T14:58:34.573004+00:00');
INSERT INTO "seen" VALUES('01M8PFE06VQ7TEGPJ9997RPNY0','2026-11-30T14:58:34.843198+00:00');
INSERT INTO "seen" VALUES('01M8PFE08W1VXAJCSNJRYJ3E6G','2026-11-30T14:58:34.907813+00:00');
INSERT INTO "seen" VALUES('01M8PFE0CBZCK55PA4BG7T0T60','2026-11-30T14:58:35.019153+00:00');
INSERT INTO "seen" VALUES('01M8PFE0CTRHWWH2CCENND81P7','2026-11-30T14:58:35.033953+00:00');
INSERT INTO "seen" VALUES('01M8PFE0E2JFT95YDBHC3C5459','2026-11-30T14:58:35.073947+00:00');
INSERT INTO "seen" VALUES('01M8PFE0G4S8GA9CVSRBZ1MS99','2026-11-30T14:58:35.140259+00:00');
INSERT INTO "seen" VALUES('01M8PFE0JD95RCZG6PNM5DVG7T','2026-11-30T14:58:35.213041+00:00');
INSERT INTO "seen" VALUES('01M8PFE0M3S6BJ5D3XFGQ4MJYV','2026-11-30T14:58:35.267570+00:00');
INSERT INTO "seen" VALUES('01M8PFE0NFKQFDZKXFB41VTFCZ','2026-11-30T14:58:35.311618+00:00');
INSERT INTO "seen" VALUES('01M8PFE0Q3769ADZP02REBRZZ1','2026-11-30T14:58:35.363591+00:00');
INSERT INTO "seen" VALUES('01M8PFE0RKT6MZGB0NDAFZ3KRJ','2026-11-30T14:58:35.411540+00:00');
INSERT INTO "seen" VALUES('01M8PFE0SZ2TXDE8TW0MGEDVZ2','2026-11-30T14:58:35.455381+00:00');
INSERT INTO "seen" VALUES('01M8PFE0T78P0SW6PWSVC35MMM','2026-11-30T14:58:35.463515+00:00');
INSERT INTO "seen" VALUES('01M8PFE0VKE5FWTR80PAD4F79B','2026-11-30T14:58:35.507558+00:00');
INSERT INTO "seen" VALUES('01M8PFE0WGP5T2VMR0G00TNKSJ','2026-11-30T14:58:35.535818+00:00');
INSERT INTO "seen" VALUES('01M8PFE0X36HKMRE9K1KJPMWDV','2026-11-30T14:58:35.555329+00:00');
INSERT INTO "seen" VALUES('01M8PFE0XSNM4120FHSMF9DX5H','2026-11-30T14:58:35.577414+00:00');
INSERT INTO "seen" VALUES('01M8PFE0YBMEVF6DABC7CTR62Q','2026-11-30T14:58:35.595518+00:00');
INSERT INTO "seen" VALUES('01M8PFE0Z891FZX7ZH7KTSP8WH','2026-11-30T14:58:35.623885+00:00');
INSERT INTO "seen" VALUES('01M8PFE103WYYHE5NT2PWG46QK','2026-11-30T14:58:35.651581+00:00');
INSERT INTO "seen" VALUES('01M8PFE10GCWGRHVKQN2YDADYS','2026-11-30T14:58:35.663783+00:00');
INSERT INTO "seen" VALUES('01M8PFE11R2P07N4VAHE253S1D','2026-11-30T14:58:35.703714+00:00');
INSERT INTO "seen" VALUES('01M8PFE1V2RNZDBD1HT64W2TJF','2026-11-30T14:58:36.514019+00:00');
INSERT INTO "seen" VALUES('01M8PFE1W7HXN71DJ1RTR371G4','2026-11-30T14:58:36.551474+00:00');
INSERT INTO "seen" VALUES('01M8PFE1WZ82DBT8SJ5PM5NYJB','2026-11-30T14:58:36.575493+00:00');
INSERT INTO "seen" VALUES('01M8PFE1XVB3BPPDZK846Q2VSJ','2026-11-30T14:58:36.603450+00:00');
INSERT INTO "seen" VALUES('01M8PFE1YQ21A1MA92W01J9EVC','2026-11-30T14:58:36.631380+00:00');
INSERT INTO "seen" VALUES('01M8PFE1ZE7W8VBXXCA5Q26BP3','2026-11-30T14:58:36.654174+00:00');
INSERT INTO "seen" VALUES('01M8PFE20NNNJQGN04H630ZYGG','2026-11-30T14:58:36.693171+00:00');
INSERT INTO "seen" VALUES('01M8PFE215KSB54M62J1EBNMTQ','2026-11-30T14:58:36.709531+00:00');
INSERT INTO "seen" VALUES('01M8PFE24KKQY757PV4T0TE4H7','2026-11-30T14:58:36.819406+00:00');
INSERT INTO "seen" VALUES('01M8PFE25SQ9DVNK73SDJSND70','2026-11-30T14:58:36.856930+00:00');
INSERT INTO "seen" VALUES('01M8PFE2AER2VZ2WH84ZSMCB3J','2026-11-30T14:58:37.005747+00:00');
INSERT INTO "seen" VALUES('01M8PFE2BPBVQGZXTD35M1ECR9','2026-11-30T14:58:37.045740+00:00');
INSERT INTO "seen" VALUES('01M8PFE2DDFG9WN9VFR121PE5D','2026-11-30T14:58:37.221403+00:00');
INSERT INTO "seen" VALUES('01M8PFE2H8JS0EAD2S305GTARQ','2026-11-30T14:58:37.223652+00:00');
INSERT INTO "seen" VALUES('01M8PFE2K7GM8HAA3SHWKQQPXA','2026-11-30T14:58:37.286662+00:00');
INSERT INTO "seen" VALUES('01M8PFE2KSJJWC4D6F633WP8T8','2026-11-30T14:58:37.304639+00:00');
INSERT INTO "seen" VALUES('01M8PFE2ND44XXB7HBYAXABMMK','2026-11-30T14:58:37.357482+00:00');
INSERT INTO "seen" VALUES('01M8PFE2P23NAXT939F08EZGMP','2026-11-30T14:58:37.378537+00:00');
INSERT INTO "seen" VALUES('01M8PFE2QSQRW981PW1KXBCVRZ','2026-11-30T14:58:37.433431+00:00');
INSERT INTO "seen" VALUES('01M8PFE2V1GV9S56MCAM4BEDKX','2026-11-30T14:58:37.537491+00:00');
INSERT INTO "seen" VALUES('01M8PFE2W922H57NPB4CT0GFD5','2026-11-30T14:58:37.576801+00:00');
INSERT INTO "seen" VALUES('01M8PFE2XVEG3ZHVCCNG6CHY6T','2026-11-30T14:58:37.627575+00:00');
INSERT INTO "seen" VALUES('01M8PFE79KH83V77TJ8DJ4JWZF','2026-11-30T14:58:42.099457+00:00');
INSERT INTO "seen" VALUES('01M8PFE7C95NN13200JP8F3PS8','2026-11-30T14:58:42.185345+00:00');
INSERT INTO "seen" VALUES('01M8PFE7DZVTT4SBPPH8T19DZW','2026-11-30T14:58:42.239549+00:00');
INSERT INTO "seen" VALUES('01M8PFE7FFXG2JEW1V6E91AX2B','2026-11-30T14:58:42.287433+00:00');
INSERT INTO "seen" VALUES('01M8PFE7H62822K3ARGGJCC6HA','2026-11-30T14:58:42.342566+00:00');
INSERT INTO "seen" VALUES('01M8PFE7HQ3FVQKRHVZY6HZVZZ','2026-11-30T14:58:42.358653+00:00');
INSERT INTO "seen" VALUES('01M8PFE7HZSHN7SYXHBSR1VSEF','2026-11-30T14:58:42.367121+00:00');
INSERT INTO "seen" VALUES('01M8PFE7J7M02JG2JV958SGCNR','2026-11-30T14:58:42.375178+00:00');
INSERT INTO "seen" VALUES('01M8PFE7M1N6PYJ3W86JWV5WPQ','2026-11-30T14:58:42.432768+00:00');
INSERT INTO "seen" VALUES('press:224960067943.678425705451.530a5db2d97fbd6317e78dd6bd8abce5','2026-11-30T14:58:42.502138+00:00');
CREATE TABLE staff (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    icon_url TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tallies (
    day   TEXT NOT NULL,
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, name, value)
) STRICT, WITHOUT ROWID;
INSERT INTO "tallies" VALUES('2026-11-30','answered','arrears',2);
INSERT INTO "tallies" VALUES('2026-11-30','answered','cash',2);
INSERT INTO "tallies" VALUES('2026-11-30','answered','cause',4);
INSERT INTO "tallies" VALUES('2026-11-30','answered','costs',3);
INSERT INTO "tallies" VALUES('2026-11-30','answered','expert',1);
INSERT INTO "tallies" VALUES('2026-11-30','answered','industry',1);
INSERT INTO "tallies" VALUES('2026-11-30','answered','legal_form',2);
INSERT INTO "tallies" VALUES('2026-11-30','answered','lenders',2);
INSERT INTO "tallies" VALUES('2026-11-30','answered','profit',2);
INSERT INTO "tallies" VALUES('2026-11-30','answered','repayment',2);
INSERT INTO "tallies" VALUES('2026-11-30','answered','rescheduled',2);
INSERT INTO "tallies" VALUES('2026-11-30','answered','sales',6);
INSERT INTO "tallies" VALUES('2026-11-30','answered','wishes',2);
INSERT INTO "tallies" VALUES('2026-11-30','finished','diagnosis',2);
INSERT INTO "tallies" VALUES('2026-11-30','person','asked',2);
INSERT INTO "tallies" VALUES('2026-11-30','reached','arrears',2);
INSERT INTO "tallies" VALUES('2026-11-30','reached','cash',2);
INSERT INTO "tallies" VALUES('2026-11-30','reached','cause',6);
INSERT INTO "tallies" VALUES('2026-11-30','reached','costs',4);
INSERT INTO "tallies" VALUES('2026-11-30','reached','expert',1);
INSERT INTO "tallies" VALUES('2026-11-30','reached','industry',1);
INSERT INTO "tallies" VALUES('2026-11-30','reached','legal_form',2);
INSERT INTO "tallies" VALUES('2026-11-30','reached','lenders',2);
INSERT INTO "tallies" VALUES('2026-11-30','reached','prefecture',1);
INSERT INTO "tallies" VALUES('2026-11-30','reached','profit',3);
INSERT INTO "tallies" VALUES('2026-11-30','reached','repayment',2);
INSERT INTO "tallies" VALUES('2026-11-30','reached','rescheduled',2);
INSERT INTO "tallies" VALUES('2026-11-30','reached','sales',7);
INSERT INTO "tallies" VALUES('2026-11-30','reached','wishes',2);
INSERT INTO "tallies" VALUES('2026-11-30','talked','',8);
INSERT INTO "tallies" VALUES('2026-11-30','talked_month','',8);
INSERT INTO "tallies" VALUES('2026-11-30','unanswered','',1);
INSERT INTO "tallies" VALUES('2026-11-30','verdict','likely',1);
INSERT INTO "tallies" VALUES('2026-11-30','verdict','other',1);
CREATE TABLE timers (
    name TEXT PRIMARY KEY,
    key  TEXT NOT NULL,
    due  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "timers" VALUES('promise:c-waiting','line:waiting','2026-12-01T01:00:00+00:00');
INSERT INTO "timers" VALUES('promise:c-claimed','line:claimed','2026-12-01T01:00:00+00:00');
CREATE TABLE "unanswered" (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL,
    message_id TEXT NOT NULL,
    question   TEXT NOT NULL,
    asked_at   TEXT NOT NULL
) STRICT;
INSERT INTO "unanswered" VALUES(1,'line:unheard','843397611352840142','ぽぽぽぽーん','2026-11-30T14:58:37.627575+00:00');
CREATE TABLE unsent (
    message_id TEXT PRIMARY KEY,
    unsent_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX posts_by_place ON posts (channel, ts);
CREATE INDEX posts_by_key ON posts (key);
CREATE INDEX posts_by_thread ON posts (thread);
CREATE INDEX cases_by_key ON cases (key);
CREATE INDEX timers_by_due ON timers (due);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('unanswered',1);
INSERT INTO "sqlite_sequence" VALUES('outbox',62);
COMMIT;
PRAGMA user_version=4;
