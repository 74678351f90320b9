using System.Diagnostics;
using Tokens.Architecture.Tests.Product;
using Tokens.Testing;
using Xunit.Abstractions;

namespace Tokens.Architecture.Tests.RealProduct;

/// <summary>docs/modules/new.md is true: its steps, done in a copy of the tree, make a module that every rule accepts.</summary>
[Trait(Form.Trait, Form.Extended)]
public sealed class NewModuleDocumentTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task The_steps_make_a_module_that_builds_works_and_keeps_the_rules()
    {
        using var copy = new TemporaryDirectory();
        CopySources(copy.Path);
        foreach (var block in Documents.Blocks(await File.ReadAllTextAsync(Repository.Path("docs/modules/new.md"))))
        {
            await PerformAsync(block, copy.Path);
        }

        await RunAsync(copy.Path, "dotnet test tests/Tokens.Badges.Tests --nologo -v quiet");

        // Without this very test, which would copy the copy.
        await RunAsync(copy.Path, $"dotnet test tests/Tokens.Architecture.Tests --nologo -v quiet --filter 'FullyQualifiedName!~{nameof(NewModuleDocumentTests)}'");
    }

    private async Task PerformAsync(Documents.Block block, string root)
    {
        var path = Path.Combine(root, block.Path);
        switch (block.Language)
        {
            case "sh":
                await RunAsync(root, block.Text);
                break;
            case "diff":
                await File.WriteAllTextAsync(path, Documents.Patch(await File.ReadAllTextAsync(path), block.Text));
                break;
            default:
                File.Exists(path).ShouldBeFalse($"{block.Path} is there already.");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, block.Text);
                break;
        }
    }

    private async Task RunAsync(string root, string commands)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $"exec 2>&1\n{commands}"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };

        // This process was started by a build tool, whose settings would lead another one astray.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var text = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            output.WriteLine(commands);
            output.WriteLine(text);
            process.ExitCode.ShouldBe(0, $"{commands}\n{text}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static void CopySources(string root)
    {
        string[] folders = ["src", "tests", "tools", "bench", "docs", ".config"];
        var files = folders.SelectMany(folder => Repository.Files(folder, "*"))
            .Concat(Directory.EnumerateFiles(Repository.Root).Select(path => Path.GetFileName(path)))
            .Where(path => path != ".git");
        foreach (var path in files)
        {
            var target = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Repository.Path(path), target);
        }
    }
}
