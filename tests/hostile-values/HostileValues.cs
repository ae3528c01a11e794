using System.Runtime.CompilerServices;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests;

/// <summary>The values in this folder, and generators that mix them with made-up ones.</summary>
internal static class HostileValues
{
    public static IReadOnlyList<string> Names { get; } = Read("names");

    public static IReadOnlyList<string> HealthTargets { get; } = Read("health-targets");

    public static IReadOnlyList<string> CookieNames { get; } = Read("cookie-names");

    public static IReadOnlyList<string> InstanceIds { get; } = Read("instance-ids");

    public static IReadOnlyList<string> Parameters { get; } = Read("parameters");

    public static IReadOnlyList<string> Authorizations { get; } = Read("authorizations");

    public static IReadOnlyList<string> Certificates { get; } = Read("certificates");

    /// <summary>One of the values, a piece of another put into it, or whatever FsCheck makes up.</summary>
    public static Gen<string> Of(IReadOnlyList<string> values) => Gen.Frequency(
        (4, Gen.Elements(values.ToArray())),
        (2, from value in Gen.Elements(values.ToArray())
            from piece in Gen.Elements(Parameters.Where(parameter => parameter.Length < 100).ToArray())
            from place in Gen.Choose(0, value.Length)
            select value.Insert(place, piece)),
        (1, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")));

    private static string[] Read(string name) =>
        JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(Folder(), $"{name}.json")))!;

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
