using System.Text;

namespace Tokens.Bench.Reports;

internal static class MachineText
{
    internal static string Of(Machine machine)
    {
        var text = new StringBuilder();
        Line("Machine", $"{machine.Cores} × {machine.Cpu}, {Text.Mebibytes(machine.MemoryBytes)} MiB, Linux {machine.Kernel}, database on {machine.FileSystem}");
        Line("Settings", string.Join(", ", machine.Postgres.Select(setting => $"{setting.Key} {setting.Value}")));
        foreach (var (name, version) in machine.Versions)
        {
            Line(name, version);
        }

        return text.ToString();

        void Line(string name, string value) => text.AppendLine($"- {name}: {value}");
    }
}
