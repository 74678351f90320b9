using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.FrontEnd;

/// <summary>The module that docs/frontend.md gives to pages, run as it stands there; what is asserted stands in <c>page.mjs</c>.</summary>
public abstract partial class FrontEndDocumentTests(ProductFixture fixture)
{
    private const string Script = "tests/Tokens.Host.Tests/FrontEnd/page.mjs";
    private const string PrintedApi = "https://tokens.example.com/api";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Its_snippets_do_what_it_says()
    {
        using var directory = new TemporaryDirectory();
        var module = directory.File("frontend.mjs");
        await File.WriteAllTextAsync(module, Module());
        using var fan = await fixture.SignInAsync();
        using var creator = await fixture.SignInAsync(isCreator: true);

        await RunAsync(new
        {
            module,
            gateway = fixture.Product.Gateway,
            sandbox = fixture.Product.Sandbox,
            token = fan.Token,
            creatorId = creator.Id,
        });
    }

    private string Module()
    {
        var document = File.ReadAllText(Repository.Path("docs/frontend.md"));
        var snippets = Snippet().Matches(document).Select(match => match.Groups["text"].Value).ToList();
        snippets.Count.ShouldBe(4);
        var module = string.Join('\n', snippets);
        module.ShouldContain(PrintedApi);
        return module.Replace(PrintedApi, new Uri(fixture.Product.Gateway, "/api").ToString(), StringComparison.Ordinal);
    }

    private static async Task RunAsync(object input)
    {
        using var node = Start();
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            var (output, errors) = (node.StandardOutput.ReadToEndAsync(deadline.Token), node.StandardError.ReadToEndAsync(deadline.Token));
            await node.StandardInput.WriteAsync(JsonSerializer.Serialize(input));
            node.StandardInput.Close();
            await node.WaitForExitAsync(deadline.Token);
            node.ExitCode.ShouldBe(0, await errors + await output);
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill();
            }
        }
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [Repository.Path(Script)])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("This test needs Node.js 18 or later: install it, or run ./test.sh, which does.", missing);
        }
    }

    [GeneratedRegex(@"^```js\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Snippet();
}

[Collection(OnSqlite.Name)]
public sealed class FrontEndDocumentOnSqliteTests(SqliteProduct product) : FrontEndDocumentTests(product);

[Collection(OnPostgres.Name)]
public sealed class FrontEndDocumentOnPostgresTests(PostgresProduct product) : FrontEndDocumentTests(product);
