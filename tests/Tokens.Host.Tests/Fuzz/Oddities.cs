using System.Text;

namespace Tokens.Host.Tests.Fuzz;

/// <summary>Values that have broken programs before.</summary>
internal static class Oddities
{
    /// <summary>JSON values, not all of them valid.</summary>
    internal static readonly string[] Json =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "10", "100", "\"100\"", "100.5", "1e3", "1E+2", "1e999", "-1e-999", "NaN", "Infinity", "0x10",
        "01", "+1", "9007199254740991", "9007199254740992", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "1" + new string('0', 400), "\"1" + new string('0', 400) + "\"", "\"\"", "\" \"", "\"abc\"", "\"0\"", "\"-5\"", "\"１００\"", "\"1e3\"", "\"100 \"",
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"😀\"", "\"\\u202e\\ufeff\"", "\"\\n\\r\\t\\u001b\"",
        "\"é\\u0301\"", "\"<script>alert(1)</script>\"", "\"' OR 1=1 --\"", "\"{{7*7}}${7*7}%s%n\"", "\"../../etc/passwd\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"00000000-0000-8000-8000-000000000001\"", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"",
        "\"{00000000-0000-4000-8000-000000000000}\"", "\"0001-01-01\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"2026-02-30\"",
        "\"" + new string('x', 101) + "\"", "\"" + new string('x', 501) + "\"", "\"" + new string('é', 3_000) + "\"",
        "[]", "{}", "[1]", "[null]", "{\"a\":1}", "[[[[[[]]]]]]", new string('[', 31) + new string(']', 31), new string('[', 3_000), "{\"__proto__\":{}}",
        "\"unterminated", "'single'", "undefined", "/**/1", "\"\\x41\"", "\"\\u12\"", "",
    ];

    /// <summary>Whole bodies.</summary>
    internal static readonly byte[][] Bodies =
    [
        [], "   "u8.ToArray(), "null"u8.ToArray(), "[]"u8.ToArray(), "\"text\""u8.ToArray(), "{"u8.ToArray(), "{}{}"u8.ToArray(), "{} // c"u8.ToArray(),
        [0x00], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8],
        [.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8], [.. "{\""u8, 0xFF, .. "\":1}"u8], Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 2_000))),
        Encoding.Unicode.GetBytes("{\"amountTokens\":1}"), Encoding.UTF32.GetBytes("{}"), "a=1&b=2"u8.ToArray(), "<xml/>"u8.ToArray(),
        Encoding.UTF8.GetBytes("{\"p\":\"" + new string('x', 33_000) + "\"}"), Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"\"m{i}\":1")) + "}"),
    ];

    /// <summary>What stands in a path or a query in place of a value; all of it may be sent.</summary>
    internal static readonly string[] Targets =
    [
        "", "0", "-1", "abc", "%20", "%00", "%2F", "%2f..%2f", "..", ".", "%2e%2e", "%2e%2e%2f%2e%2e", "%ff", "%c3%28", "%ed%a0%80", "%f0%9f%98%80",
        "%25", "%2500", "%", "%zz", "%u0041", "a%0d%0aX:%20y", "a;b=c", "a,b", "a+b", "*", "~", "!$&'()", "[]", "{id}", "%7B%7D", "null", "undefined",
        "9007199254740992", "99999999999999999999", "1e3", "100.5", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "%7b00000000-0000-4000-8000-000000000000%7d", "0001-01-01", "9999-12-31T23:59:59.9999999Z", "2026-13-01", "2026-01-01T00:00:00%2B99:00",
        new string('x', 256), new string('9', 1_000), string.Concat(Enumerable.Repeat("%41", 500)), string.Concat(Enumerable.Repeat("../", 50)),
    ];

    /// <summary>Media types.</summary>
    internal static readonly string?[] ContentTypes =
    [
        null, "", "json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16",
        "application/json; charset=\"utf-8\"", "application/json;charset=nonsense", "application/merge-patch+json", "application/json, text/plain",
        "application/problem+json", "application/json; =", ";", "*/*", "application/json\t", "APPLICATION/JSON", new string('a', 5_000) + "/json",
    ];

    /// <summary>Credentials, none of which signs anybody in.</summary>
    internal static readonly string?[] Credentials =
    [
        null, "", "Bearer", "Bearer ", "Bearer x", "Bearer x.y.z", "Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
        "Bearer " + new string('a', 9_000), "Bearer ..", "Bearer žofie", "Basic dXNlcjpwYXNz", "Digest x", "bearer\tx", "Bearer a, Bearer b", "😀",
        "Bearer eyJhbGciOiJIUzI1NiJ9." + new string('e', 2_000) + ".x",
    ];

    /// <summary>Idempotency keys.</summary>
    internal static readonly string[] Keys =
    [
        "", "\"\"", "k", "\"quoted\"", "\"half", " ", "žofie", "😀", new string('k', 255), new string('k', 256), new string('k', 8_000), "a\tb", "a,b", "'; DROP TABLE", "\\",
    ];

    /// <summary>Headers that mean something to somebody on the way.</summary>
    internal static readonly string[] Headers =
    [
        "X-Odd: žofie 💎", "X-Long: " + new string('x', 20_000), "X-Forwarded-For: nonsense, 1.2.3.4", "X-Forwarded-Proto: gopher", "X-Forwarded-Host: evil.example:99999",
        "Forwarded: for=x;proto=https", "X-HTTP-Method-Override: DELETE", "Accept-Encoding: br;q=x, gzip, *;q=0", "Accept-Encoding: " + new string('a', 3_000),
        "Accept: ;;;", "Origin: null", "Origin: https://evil.example", "Cookie: a=b; c; =; \"", "Cookie: " + new string('c', 5_000), "Range: bytes=0-,5-1",
        "If-None-Match: *", "If-Modified-Since: yesterday", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__", "Expect: 100-continue", "TE: trailers", "Via: 1.1 loop", "Max-Forwards: 0",
        "traceparent: 00-zz-zz-zz", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate: =,=,", "baggage: " + new string('b', 9_000),
        "X-Request-ID: " + new string('r', 4_000), "Content-Encoding: gzip", "Content-Encoding: identity", "Content-Language: \u00a0", "Date: never", "Stripe-Signature: t=1,v1=00",
        "Stripe-Signature: t=99999999999999999999,v1=", "X-CSRF-Token: x", "Sec-Fetch-Site: cross-site", "Access-Control-Request-Method: DELETE", "Last-Event-ID: \u0001x",
    ];

    /// <summary>Methods that aren't the route's.</summary>
    internal static readonly string[] Methods =
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PURGE", "PROPFIND", "get", "M-SEARCH", "FOO", "QUERY"];

    /// <summary>Beginnings that are no HTTP.</summary>
    internal static readonly string[] Lines =
    [
        "GET\r\n\r\n", "GET  /  HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/9.9\r\nHost: a\r\n\r\n", "GET /api/tokens HTTP/1.1\r\n\r\n", "GET /žofie HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /api/tokens HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET /api/tokens HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /api/tokens HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n", "GET /api/tokens HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", "GET /api/tokens HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
        "POST /api/tokens/tip HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "POST /api/tokens/tip HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /api/tokens/tip HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/tokens/tip HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "POST /api/tokens/tip HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /api/tokens/tip HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://other.example/api/tokens HTTP/1.1\r\nHost: a\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /" + new string('x', 9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: " + new string('x', 40_000) + "\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "GET /api/tokens HTTP/1.0\r\n\r\n",
    ];
}
