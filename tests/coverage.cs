#:property PublishAot=false
// Line coverage of src, without migrations, over the reports of all test projects: a line counts as covered if any of
// them ran it. Usage: dotnet run --file tests/coverage.cs -- <results> <repository> <minimum percent>
using System.Globalization;
using System.Xml.Linq;

var (results, repository, minimum) = (args[0], args[1], double.Parse(args[2], CultureInfo.InvariantCulture));
var sources = Path.Combine(repository, "src") + Path.DirectorySeparatorChar;
var lines = new Dictionary<string, Dictionary<int, bool>>(StringComparer.Ordinal);

foreach (var path in Directory.EnumerateFiles(results, "coverage.cobertura.xml", SearchOption.AllDirectories))
{
    var report = XDocument.Load(path);
    var roots = report.Descendants("source").Select(source => source.Value).DefaultIfEmpty("/").ToArray();
    foreach (var type in report.Descendants("class"))
    {
        var name = type.Attribute("filename")!.Value;
        var file = roots.Select(root => Path.GetFullPath(Path.Combine(root, name))).FirstOrDefault(File.Exists);
        if (file is null || !file.StartsWith(sources, StringComparison.Ordinal) || IsMigration(file))
        {
            continue;
        }

        var covered = lines.TryGetValue(file, out var known) ? known : lines[file] = [];
        foreach (var line in type.Descendants("line"))
        {
            var number = int.Parse(line.Attribute("number")!.Value, CultureInfo.InvariantCulture);
            covered[number] = covered.GetValueOrDefault(number) || line.Attribute("hits")!.Value != "0";
        }
    }
}

var complete = true;
var projects = Directory.EnumerateFiles(sources, "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
foreach (var project in projects)
{
    var folder = Path.GetDirectoryName(project)! + Path.DirectorySeparatorChar;
    var counted = lines.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal)).ToArray();
    Print(Path.GetFileNameWithoutExtension(project), counted.SelectMany(file => file.Value.Values));

    // A project that no report names would raise the figure by its absence.
    if (counted.Length == 0 && HasCode(folder))
    {
        Console.WriteLine($"  No test project references {Path.GetFileNameWithoutExtension(project)}.");
        complete = false;
    }
}

var total = Print("src", lines.Values.SelectMany(file => file.Values));
var enough = total >= minimum;
if (!enough)
{
    Console.WriteLine($"Line coverage is {Percent(total)}; {Percent(minimum)} is the least. Least covered:");
    foreach (var (file, covered) in lines.OrderByDescending(file => file.Value.Values.Count(hit => !hit)).Take(10))
    {
        var missed = covered.Values.Count(hit => !hit);
        Console.WriteLine($"  {missed,5} lines not run in {Path.GetRelativePath(repository, file)}");
    }
}

return complete && enough ? 0 : 1;

static double Print(string name, IEnumerable<bool> lines)
{
    var hits = lines.ToArray();
    var percent = hits.Length == 0 ? 0 : 100.0 * hits.Count(hit => hit) / hits.Length;
    Console.WriteLine($"  {name,-28}{(hits.Length == 0 ? "-" : Percent(percent)),8}  of {hits.Length} lines");
    return percent;
}

static string Percent(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " %";

static bool IsMigration(string file) => file.Split(Path.DirectorySeparatorChar).Contains("Migrations", StringComparer.Ordinal);

// Interfaces, enums and constants have no line that could run, so only a body counts as code.
static bool HasCode(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
    .Any(file => !IsMigration(file) && File.ReadAllText(file) is var text && (text.Contains("=>", StringComparison.Ordinal) || text.Contains("return", StringComparison.Ordinal)));
