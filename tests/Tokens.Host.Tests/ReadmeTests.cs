using System.Diagnostics;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests;

/// <summary>The README's walk, pasted into a shell as a stranger would: it must give what it shows.</summary>
public abstract class ReadmeTests(ProductFixture fixture)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_walk_gives_what_it_shows()
    {
        var walk = Walk();
        var shown = walk.Split('\n').Where(line => line.StartsWith("# {", StringComparison.Ordinal)).Select(line => line[2..]).ToList();
        shown.Count.ShouldBeGreaterThan(5);

        var given = await RunAsync(walk.Replace("http://localhost:8080", fixture.Product.Gateway.ToString().TrimEnd('/'), StringComparison.Ordinal));

        given.Count.ShouldBe(shown.Count, string.Join('\n', given));
        foreach (var (answer, comment) in given.Zip(shown))
        {
            ShouldShow(answer, comment);
        }
    }

    private static string Walk()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var start = readme.IndexOf("```bash\n", StringComparison.Ordinal) + "```bash\n".Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static async Task<List<string>> RunAsync(string script)
    {
        using var bash = new Process
        {
            StartInfo = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { RedirectStandardOutput = true, UseShellExecute = false },
        };
        bash.Start();
        var output = await bash.StandardOutput.ReadToEndAsync().WaitAsync(Deadline);
        await bash.WaitForExitAsync();
        bash.ExitCode.ShouldBe(0);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    // Between two cuts the comment is the answer to the letter.
    private static void ShouldShow(string answer, string comment)
    {
        var from = 0;
        foreach (var piece in comment.Split('…'))
        {
            var at = answer.IndexOf(piece, from, StringComparison.Ordinal);
            at.ShouldBeGreaterThanOrEqualTo(0, $"«{piece}» of «{comment}» in «{answer}»");
            from = at + piece.Length;
        }
    }
}

[Collection(OnSqlite.Name)]
public sealed class ReadmeOnSqliteTests(SqliteProduct product) : ReadmeTests(product);

[Collection(OnPostgres.Name)]
public sealed class ReadmeOnPostgresTests(PostgresProduct product) : ReadmeTests(product);
