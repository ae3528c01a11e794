using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Nginx;
using CloudLb.Nginx.Configuration;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Nginx;

/// <summary>No value of a plan changes the structure of a configuration: it is refused, or one where a harmless one would be.</summary>
public sealed class HostileValueTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<(string Name, string Target, string Source, int Port)> Values =
        from name in HostileValues.Of(HostileValues.Names)
        from target in HostileValues.Of(HostileValues.InstanceIds)
        from source in HostileValues.Of([.. HostileValues.Parameters, "10.0.0.0/8", "fd00::/8", "fe80::1%eth0/64", "10.0.0.0/8;deny"])
        from port in Gen.Frequency((3, Gen.Constant(53)), (1, Gen.Choose(-1, 70000)))
        select (name, target, source, port);

    [Fact]
    public void A_value_is_refused_or_stands_where_a_harmless_one_would()
    {
        var expected = Structure(Render("dns", "i-1", "10.0.0.0/8", 53));
        Check.One(Runs, Prop.ForAll(Values.ToArbitrary(), values =>
        {
            try
            {
                Assert.Equal(expected, Structure(Render(values.Name, values.Target, values.Source, values.Port)));
            }
            catch (NginxException)
            {
                // Refused.
            }
        }));
    }

    [Theory]
    [InlineData("/usr/lib/nginx;}/a.so")]
    [InlineData("/usr/lib/\"ngi\\nx/a.so")]
    public void A_path_is_one_word(string module)
    {
        var line = StreamConfiguration.Render([], [], [], _ => [], module, 16).Split('\n')[0];

        Assert.StartsWith("load_module \"", line, StringComparison.Ordinal);
        Assert.EndsWith("\";", line, StringComparison.Ordinal);
        Assert.Equal(module, line["load_module \"".Length..^2].Replace("\\\"", "\"").Replace("\\\\", "\\"));
    }

    private static string Render(string name, string target, string source, int port)
    {
        var member = new PlannedMember { Target = target, Address = IPAddress.Parse("10.1.2.3"), Port = port, Weight = 1 };
        var pool = Plans.Pool(member) with { Name = name };
        var listener = Plans.Listener(53) with { DefaultAction = PlannedAction.Forward.To(name), AllowedSources = [source] };
        var several = Plans.Listener(54) with { DefaultAction = new PlannedAction.Forward([new(name, 1), new("other", 1), new(name, 7)]) };
        return StreamConfiguration.Render(
            [listener, several], new EquatableArray<IPAddress>([IPAddress.Parse("10.0.0.1")]), [pool], each => [.. each.Members], null, 16);
    }

    /// <summary>The lines with every address, network and number made the same.</summary>
    private static string Structure(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim().Split(' ') switch
    {
        ["server", [>= '0' and <= '9', ..], ..] words => $"server {words.Length} {line.Count(Means)}",
        ["allow", ..] words => $"allow {words.Length} {line.Count(Means)}",
        _ => line,
    }));

    private static bool Means(char character) => character is ';' or '{' or '}' or '"' or '\'' or '#' or '$' or '\\';
}
