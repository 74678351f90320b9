using Tokens.Platform.Commands;
using Tokens.Platform.Storage;

namespace Tokens.Host.Roles;

/// <summary><c>--run NAME</c>: has a module do something once, and ends.</summary>
internal sealed record RunCommand(string Name)
{
    private const string Option = "--run";

    /// <summary>Takes its arguments out of the list; null when nothing is to be run.</summary>
    internal static RunCommand? Take(List<string> arguments)
    {
        var at = arguments.IndexOf(Option);
        if (at < 0)
        {
            return null;
        }

        if (at + 1 >= arguments.Count)
        {
            throw new SettingsException($"{Option}: name the command.");
        }

        var name = arguments[at + 1];
        arguments.RemoveRange(at, 2);
        return new RunCommand(name);
    }

    /// <summary>0, or 1 when it stopped before the end.</summary>
    internal async Task<int> RunAsync(AppFactory factory, CancellationToken cancellationToken)
    {
        await using var product = await Product.StartForCommandAsync(factory, cancellationToken);
        try
        {
            var commands = product.Api!.Services.GetServices<IModuleCommand>().ToList();
            var command = commands.Find(each => each.Name == Name)
                ?? throw new SettingsException($"{Option}: there is no '{Name}'; there is {string.Join(", ", commands.Select(each => each.Name))}.");
            await command.RunAsync(Console.Out, cancellationToken);
            return 0;
        }
        catch (Exception fault) when (TransientFaults.Covers(fault) || fault is OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Stopped before the end: {fault.Message} Run it again.");
            return 1;
        }
        finally
        {
            await product.StopAsync();
        }
    }
}
