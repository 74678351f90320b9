#:property PublishAot=false
// Prints where the time of a run went: each project with its processor time, the twenty slowest tests and, with --all, each class. A
// class's time is the sum of its tests', which may have run side by side. Usage: dotnet run --file tests/times.cs -- <results> [--all]
using System.Globalization;
using System.Xml.Linq;

const int SlowestMax = 20;
XNamespace trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
var tests = new List<(string Class, string Name, double Seconds)>();

Console.WriteLine("  seconds  processor  project");
foreach (var path in Directory.EnumerateFiles(args[0], "*.trx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
{
    var run = XDocument.Load(path).Root!;
    var times = run.Element(trx + "Times")!;
    var took = (DateTimeOffset)times.Attribute("finish")! - (DateTimeOffset)times.Attribute("start")!;
    var directory = Path.GetDirectoryName(path)!;
    Console.WriteLine($"{Seconds(took.TotalSeconds)}  {Seconds(ProcessorSeconds(directory))}  {Path.GetFileName(directory)}");
    var classes = run.Descendants(trx + "UnitTest").ToDictionary(
        test => (string)test.Attribute("id")!, test => (string)test.Element(trx + "TestMethod")!.Attribute("className")!, StringComparer.Ordinal);
    tests.AddRange(
        from result in run.Descendants(trx + "UnitTestResult")
        where result.Attribute("duration") is not null
        let type = classes[(string)result.Attribute("testId")!]
        select (type, (string)result.Attribute("testName")!, TimeSpan.Parse((string)result.Attribute("duration")!, CultureInfo.InvariantCulture).TotalSeconds));
}

Console.WriteLine("  seconds  test");
foreach (var (_, name, seconds) in tests.OrderByDescending(test => test.Seconds).Take(SlowestMax))
{
    Print(seconds, name);
}

if (args.Contains("--all", StringComparer.Ordinal))
{
    Console.WriteLine("  seconds  class");
    foreach (var type in tests.GroupBy(test => test.Class, StringComparer.Ordinal).OrderByDescending(type => type.Sum(test => test.Seconds)))
    {
        Print(type.Sum(test => test.Seconds), type.Key);
    }
}

static void Print(double seconds, string name) => Console.WriteLine($"{Seconds(seconds)}  {name}");

static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(9);

// What the project's tests and the processes that they started used, in user and in system mode; the servers not.
static double ProcessorSeconds(string directory) =>
    File.ReadAllText(Path.Combine(directory, "cpu")).Split().Where(part => part.Length > 0).Sum(part => double.Parse(part, CultureInfo.InvariantCulture));
