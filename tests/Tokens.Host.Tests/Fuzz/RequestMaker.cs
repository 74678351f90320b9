using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;
using Tokens.Platform.Inputs;

namespace Tokens.Host.Tests.Fuzz;

/// <summary>
/// Makes the request of a number: right at first, by what its route says it takes, and then wrong in one to three ways. The same
/// number and seed make the same request, but for the callers' tokens and ids.
/// </summary>
internal sealed class RequestMaker(int seed, IReadOnlyList<FuzzRoute> routes, IReadOnlyList<string> tokens, IReadOnlyList<Guid> members)
{
    private const string Correction = "AdjustBalance";

    internal WireRequest Make(int number) => new Draft(new Random(HashCode(number)), routes, tokens, members).Finish();

    // Random's own mixing keeps neighbours apart only if their seeds aren't neighbours.
    private int HashCode(int number) => unchecked((int)(((uint)number * 2_654_435_761u) ^ (uint)seed));

    private sealed class Draft
    {
        private readonly Random _random;
        private readonly IReadOnlyList<Guid> _members;
        private readonly FuzzRoute _route;
        private readonly List<string> _headers = [];
        private readonly List<(string Name, string Value)> _body = [];
        private string _method;
        private string _path;
        private string _query = "";
        private string? _contentType;
        private string? _credential;
        private string? _raw;
        private byte[]? _bytes;
        private bool _isChunked;

        internal Draft(Random random, IReadOnlyList<FuzzRoute> routes, IReadOnlyList<string> tokens, IReadOnlyList<Guid> members)
        {
            (_random, _members) = (random, members);
            _route = Pick(routes);
            _method = _route.Method;
            _path = Path(_ => null);
            _credential = "Bearer " + Pick(tokens);
            foreach (var field in _route.Fields.Where(field => field.Place == FieldPlace.Body && (field.Required || Chance(2))))
            {
                _body.Add((field.Name, Right(field)));
            }

            _query = string.Join('&', _route.Fields.Where(field => field.Place == FieldPlace.Query && Chance(2))
                .Select(field => $"{field.Name}={Uri.EscapeDataString(Right(field).Trim('"'))}"));
            _contentType = _route.HasBody ? "application/json" : null;
            for (var times = 1 + _random.Next(3); times > 0; times--)
            {
                Spoil();
            }
        }

        internal WireRequest Finish()
        {
            if (_raw is not null)
            {
                return new WireRequest(_route.Name, "GET", Encoding.UTF8.GetBytes(_raw), IsBelowHttp: true);
            }

            var body = _bytes ?? (_route.HasBody ? Encoding.UTF8.GetBytes(Json()) : []);
            var head = new StringBuilder($"{_method} {_path}{(_query.Length > 0 ? "?" + _query : "")} HTTP/1.1\r\nHost: fuzz.example\r\n");
            if (_credential is not null)
            {
                head.Append(CultureInfo.InvariantCulture, $"Authorization: {_credential}\r\n");
            }

            if (_contentType is not null)
            {
                head.Append(CultureInfo.InvariantCulture, $"Content-Type: {_contentType}\r\n");
            }

            foreach (var header in _headers)
            {
                head.Append(header).Append("\r\n");
            }

            if (_isChunked)
            {
                head.Append("Transfer-Encoding: chunked\r\n");
            }
            else if (body.Length > 0 || _route.HasBody)
            {
                head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
            }

            var bytes = Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
            // Where the head is too long, or holds what no head may, the server need not see a request in it.
            var isBelowHttp = bytes.Length > 8_000 || _headers.Count > 90 || _path.Contains("%00", StringComparison.Ordinal)
                || head.ToString().Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t'))
                || _headers.Exists(header => header.StartsWith("Upgrade", StringComparison.Ordinal)) || _path.Any(c => c > '~');
            return new WireRequest(_route.Name, _method, [.. bytes, .. _isChunked ? Chunked(body) : body], isBelowHttp);
        }

        private void Spoil()
        {
            switch (_random.Next(20))
            {
                case 0:
                    _method = Pick(Oddities.Methods);
                    break;
                case 1:
                    _path = Path(_ => Pick(Oddities.Targets));
                    break;
                case 2:
                    _path = _path.Replace("/api/tokens", Pick(["/api/v1/tokens", "/api/wallet", "/api/v1/wallet", "/API/Tokens", "/api//tokens", "/api/%74okens"]), StringComparison.Ordinal);
                    break;
                case 3:
                    _path += Pick(["/", "//", "/.", "/..", "/%2e%2e", "/x", "%00", "%20", ";v=1", "%2F", ".json"]);
                    break;
                case 4:
                    var names = _route.Fields.Where(field => field.Place == FieldPlace.Query).Select(field => field.Name).Append("x").ToList();
                    _query += $"&{Pick(names)}={Pick(Oddities.Targets)}";
                    break;
                case 5 when Chance(5):
                    _raw = Pick(Oddities.Lines);
                    break;
                case 5:
                    _query = Pick(["&&&", "=", "a=%zz", "limit=1&limit=2", "limit[]=1", "limit", "?", "%00=%00", "cursor=%ff", string.Join('&', Enumerable.Repeat("a=b", 1_100))]);
                    break;
                case 6:
                    _contentType = Pick(Oddities.ContentTypes);
                    break;
                case 7:
                    _credential = Pick(Oddities.Credentials);
                    break;
                case 8:
                    _headers.Add($"Idempotency-Key: {Pick(Oddities.Keys)}");
                    break;
                case 9 or 10:
                    _headers.Add(Pick(Oddities.Headers));
                    break;
                case 11:
                    _headers.AddRange(Enumerable.Range(0, _random.Next(120)).Select(i => $"X-{i}: {i}"));
                    break;
                case 12:
                    _isChunked = _route.HasBody;
                    break;
                case 13:
                    _bytes = Pick(Oddities.Bodies);
                    break;
                case 14:
                    Scramble();
                    break;
                case 15:
                    _body.Add((Pick(["x", "__proto__", "", "\\u0000", "clientIdempotencyKey", "$type", "Success", "\\ud800"]), Pick(Oddities.Json)));
                    break;
                default:
                    SpoilField();
                    break;
            }
        }

        private void SpoilField()
        {
            if (_body.Count == 0)
            {
                return;
            }

            var at = _random.Next(_body.Count);
            // The one route that makes tokens out of nothing stays refused: nobody could tell its effects from a fault.
            if (_route.Name == Correction && _body[at].Name == "reason")
            {
                return;
            }

            switch (_random.Next(6))
            {
                case 0:
                    _body.RemoveAt(at);
                    break;
                case 1:
                    _body.Add(_body[at]);
                    break;
                case 2:
                    _body[at] = (_body[at].Name.ToUpperInvariant(), _body[at].Value);
                    break;
                default:
                    _body[at] = (_body[at].Name, Pick(Oddities.Json));
                    break;
            }
        }

        private void Scramble()
        {
            var bytes = Encoding.UTF8.GetBytes(Json());
            _bytes = _random.Next(6) switch
            {
                0 => [0xEF, 0xBB, 0xBF, .. bytes],
                1 => Encoding.Unicode.GetBytes(Json()),
                2 => Zipped(bytes),
                3 => [.. bytes, .. "}"u8],
                4 => bytes[..(bytes.Length / 2)],
                _ => WithOneWrong(bytes),
            };
        }

        private byte[] WithOneWrong(byte[] bytes)
        {
            if (bytes.Length > 0)
            {
                bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
            }

            return bytes;
        }

        private string Json() => "{" + string.Join(',', _body.Select(member => $"\"{member.Name}\":{member.Value}")) + "}";

        // A value as JSON that the field's own rule lets pass, though rarely one that has an effect.
        private string Right(FieldDescription field)
        {
            if (_route.Name == Correction && field.Name == "reason")
            {
                return "\"a\"";
            }

            return field.Type switch
            {
                FieldType.Id => $"\"{Pick(_members)}\"",
                FieldType.WholeNumber => _random.NextInt64(Math.Max(field.Minimum ?? 1, -1_000), Math.Min(field.Maximum ?? 1_000, 1_000) + 1).ToString(CultureInfo.InvariantCulture),
                FieldType.Flag => Pick(["true", "false"]),
                FieldType.Instant => "\"2026-01-01T00:00:00Z\"",
                FieldType.List => "[{" + string.Join(',', field.Items.Select(item => $"\"{item.Name}\":{Right(item)}")) + "}]",
                FieldType.TextList => "[\"a\"]",
                _ => $"\"{field.Choices?.FirstOrDefault() ?? new string('p', Math.Clamp(field.LengthMinimum ?? 1, 1, 50))}\"",
            };
        }

        private string Path(Func<string, string?> odd) => "/" + string.Join('/', _route.Pattern.PathSegments.Select(segment =>
            string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternSeparatorPart separator => separator.Content,
                RoutePatternParameterPart { Name: "documentName" } document => odd(document.Name) ?? "v1",
                RoutePatternParameterPart parameter => odd(parameter.Name) ?? Pick(_members).ToString(),
                _ => "",
            }))));

        private byte[] Chunked(byte[] body)
        {
            using var chunks = new MemoryStream();
            for (var at = 0; at < body.Length;)
            {
                var size = Math.Min(body.Length - at, 1 + _random.Next(4_000));
                chunks.Write(Encoding.ASCII.GetBytes($"{size:x}\r\n"));
                chunks.Write(body, at, size);
                chunks.Write("\r\n"u8);
                at += size;
            }

            chunks.Write("0\r\n\r\n"u8);
            return chunks.ToArray();
        }

        private static byte[] Zipped(byte[] bytes)
        {
            using var zipped = new MemoryStream();
            using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
            {
                zip.Write(bytes);
            }

            return zipped.ToArray();
        }

        private bool Chance(int outOf) => _random.Next(outOf) == 0;

        private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
    }
}
