using System.Globalization;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Transactions;

/// <summary>With pages of ten entries, so that a statement is more than one.</summary>
public abstract class ExportTransactionsTests(TunedProduct fixture)
{
    private const string Path = "/api/tokens/transactions/export";
    private const string Header = "id,type,tokens,amountUsd,status,balanceAfter,relatedUserId,channel,message,reference,createdAt";

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(25)]
    public async Task A_statement_of_any_length_is_whole_in_both_formats(int tips)
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        for (var i = 1; i <= tips; i++)
        {
            (await fan.TipAsync(creator.Id, i)).Status.ShouldBe(200);
        }

        var expected = Enumerable.Range(1, tips).Reverse().Select(i => (long)i).ToList();
        var json = await creator.GetAsync($"{Path}?format=json");
        json.Status.ShouldBe(200);
        json.ContentType.ShouldBe("application/json");
        json.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        json.Json.GetProperty("transactions").EnumerateArray().Select(e => e.GetProperty("tokens").GetInt64()).ShouldBe(expected);
        var listed = (await creator.GetAsync("/api/tokens/transactions?limit=200")).Json.GetProperty("transactions");
        json.Json.GetProperty("transactions").GetRawText().ShouldBe(listed.GetRawText());

        var csv = await creator.GetAsync(Path);
        csv.ContentType.ShouldBe("text/csv");
        var lines = csv.Text.Split("\r\n");
        lines[0].ShouldBe(Header);
        lines[^1].ShouldBeEmpty();
        lines[1..^1].Select(line => long.Parse(line.Split(',')[2], CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Fact]
    public async Task Csv_quotes_text_and_disarms_formulas()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        string[] messages =
            ["plain", "say \"hi\", now\r\nnext", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\u00A0=1", "\n=1", "\uFF1D1", "a=1", "🎉", ""];
        foreach (var message in messages)
        {
            (await fan.PostAsync("/api/tokens/tip", new { creatorId = creator.Id, amountTokens = 1, message })).Status.ShouldBe(200);
        }

        var csv = (await creator.GetAsync($"{Path}?format=csv")).Text;

        foreach (var cell in new[]
        {
            ",\"plain\",", ",\"say \"\"hi\"\", now\r\nnext\",", ",\"'=1+1\",", ",\"'+1\",", ",\"'-1\",", ",\"'@SUM(A1)\",", ",\"'\t=1\",",
            ",\"'\u00A0=1\",", ",\"'\n=1\",", ",\"'\uFF1D1\",",
            ",\"a=1\",", ",\"🎉\",", ",,\"\",,",
        })
        {
            csv.ShouldContain(cell);
        }
    }

    [Fact]
    public async Task Csv_begins_with_a_byte_order_mark_and_keeps_negative_numbers_and_JSON_has_none()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        (await fan.TipAsync(creator.Id, 10)).Status.ShouldBe(200);

        var csv = await fan.Client.GetByteArrayAsync($"{Path}?format=csv");
        var json = await fan.Client.GetByteArrayAsync($"{Path}?format=json");

        csv[..4].ShouldBe([0xEF, 0xBB, 0xBF, (byte)'i']);
        System.Text.Encoding.UTF8.GetString(csv).ShouldContain(",tip,-10,-0.5,");
        json[0].ShouldBe((byte)'{');
    }

    [Fact]
    public async Task A_row_says_what_the_listing_says()
    {
        using var member = await fixture.SignInWithAsync(1_000);
        var entry = (await member.GetAsync("/api/tokens/transactions")).Json.GetProperty("transactions")[0];

        var row = (await member.GetAsync(Path)).Text.Split("\r\n")[1].Split(',');

        row.ShouldBe([
            entry.GetProperty("id").GetString()!, "adjustment", "1000", "50", "completed", "1000", "", "", "\"a start for the test\"", "",
            row[^1],
        ]);
        DateTimeOffset.Parse(row[^1], CultureInfo.InvariantCulture).ShouldBe(entry.GetProperty("createdAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_range_limits_the_statement_and_faults_are_named()
    {
        using var member = await fixture.SignInWithAsync(1_000);

        (await member.GetAsync($"{Path}?format=json&to=2020-01-01")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(0);
        (await member.GetAsync($"{Path}?format=json&from=2020-01-01&to=2999-01-01")).Json.GetProperty("transactions").GetArrayLength()
            .ShouldBe(1);
        var day = DateTimeOffset.Parse((await member.GetAsync(Path)).Text.Split(',')[^1], CultureInfo.InvariantCulture).ToString("yyyy-MM-dd");
        (await member.GetAsync($"{Path}?format=json&from={day}&to={day}")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(1);
        (await member.GetAsync($"{Path}?format=json&to={day}")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(1);
        (await member.GetAsync($"{Path}?format=json&from=&to=")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(1);
        (await member.GetAsync($"{Path}?to=2020-01-01")).Text.ShouldBe(Header + "\r\n");
        (await member.GetAsync($"{Path}?format=xml")).ShouldBeFault("format", "Invalid export format", "xml");
        (await member.GetAsync($"{Path}?from=x")).ShouldBeFault("from", "Invalid date range", "x");
    }
}

[Collection(OnTunedSqlite.Name)]
public sealed class ExportTransactionsOnSqliteTests(TunedSqliteProduct product) : ExportTransactionsTests(product);

[Collection(OnTunedPostgres.Name)]
public sealed class ExportTransactionsOnPostgresTests(TunedPostgresProduct product) : ExportTransactionsTests(product);
