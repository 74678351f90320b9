using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using Tokens.Platform;

namespace Tokens.Architecture.Tests.Product;

/// <summary>What the rules ask of a type.</summary>
internal sealed record TypeShape(string Name)
{
    internal bool IsExported { get; init; }

    internal bool IsClass { get; init; } = true;

    internal bool IsSealed { get; init; }

    internal bool IsAbstract { get; init; }

    /// <summary>It implements <see cref="IModule"/>.</summary>
    internal bool IsModule { get; init; }

    /// <summary>Nobody wrote it: the compiler, a source generator or the migrations tool did.</summary>
    internal bool IsGenerated { get; init; }

    internal static TypeShape From(Type type) => new(type.FullName!)
    {
        IsExported = type.IsVisible,
        IsClass = type.IsClass,
        IsSealed = type.IsSealed,
        IsAbstract = type.IsAbstract,
        IsModule = typeof(IModule).IsAssignableFrom(type) && type.IsClass && !type.IsAbstract,
        IsGenerated = IsGeneratedType(type),
    };

    private static bool IsGeneratedType(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || type.GetCustomAttribute<GeneratedCodeAttribute>(inherit: false) is not null
        || type.BaseType?.Name is "Migration" or "ModelSnapshot"
        || (type.DeclaringType is { } outer && IsGeneratedType(outer));
}
