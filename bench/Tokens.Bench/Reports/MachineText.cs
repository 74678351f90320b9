namespace Tokens.Bench.Reports;

internal static class MachineText
{
    internal static string Of(Machine machine)
    {
        var table = new TextTable("machine", "")
            .Add("processor", $"{machine.Cores} × {machine.Cpu}")
            .Add("memory", $"{Text.Mebibytes(machine.MemoryBytes)} MiB")
            .Add("kernel", machine.Kernel)
            .Add("database on", machine.FileSystem)
            .Add("PostgreSQL's settings", string.Join(", ", machine.Postgres.Select(setting => $"{setting.Key} {setting.Value}")));
        foreach (var (name, version) in machine.Versions)
        {
            table.Add(name, version);
        }

        return table.ToString();
    }
}
