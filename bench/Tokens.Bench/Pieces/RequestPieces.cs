using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tokens.Bench.Products;
using Tokens.Platform.Inputs;
using Tokens.Platform.Time;
using Tokens.Wallet.Tips;

namespace Tokens.Bench.Pieces;

/// <summary>What the API does for each tip beside the ledger; public because the library derives from it.</summary>
[MemoryDiagnoser]
public class RequestPieces
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _body = Encoding.UTF8.GetBytes($$"""{"creatorId":"{{Uuid.NewRandom()}}","amountTokens":1}""");
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly SendTip.Response _response = new(
        true, Uuid.NewRandom(), 1, 1, 0.01m, Uuid.NewRandom(), null, 999, 999, TimeProvider.System.UtcNow());

    private string _token = "";
    private TokenValidationParameters _rules = new();

    /// <summary>A member, and the rules that its token must keep.</summary>
    [GlobalSetup]
    public void SignIn()
    {
        var signIns = new SignIns();
        _token = signIns.NewMember().Token;
        _rules = new TokenValidationParameters
        {
            ValidAudience = "authenticated",
            ValidateIssuer = false,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(signIns.Secret)),
        };
    }

    [Benchmark(Description = "a sign-in checked")]
    public Task<TokenValidationResult> Check() => _handler.ValidateTokenAsync(_token, _rules);

    [Benchmark(Description = "a tip's body read")]
    public long Read()
    {
        using var document = JsonDocument.Parse(_body, JsonBody.Strict);
        return SendTip.Request.Read(new InputReader(new DefaultHttpContext(), document.RootElement)).Tokens;
    }

    [Benchmark(Description = "a tip's answer written")]
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(_response, Json);
}
