using System.Diagnostics.CodeAnalysis;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>A whole configuration file, which knows the load balancer that each line belongs to.</summary>
internal sealed class CellConfiguration
{
    private readonly List<(int FirstLine, LoadBalancerId? LoadBalancer, Func<int, int?> PortAt)> _parts = [];
    private readonly Dictionary<int, string> _origins = [];

    private CellConfiguration(StringBuilder pieces) => Pieces = pieces;

    /// <summary>The whole text, of which no long string is made: a full cell's has some 130,000 characters. Nobody changes it.</summary>
    public StringBuilder Pieces { get; }

    public string Text => Pieces.ToString();

    public static CellConfiguration Compose(CommonSettings settings, IEnumerable<LoadBalancerSections> loadBalancers)
    {
        var all = loadBalancers.ToList();
        var (common, dispatch, usual) = (new ConfigText(), new ConfigText(), new ConfigText());
        CommonSections.Write(common, settings);
        PassOnSections.WriteDispatch(dispatch);
        PassOnSections.WriteUsual(usual);
        var shared = TemplatedCommon.Of(common, settings.Templates, all.Exists(sections => sections.IsOpen));
        var text = new StringBuilder(shared.Text);
        var configuration = new CellConfiguration(text);
        var line = shared.Lines + 1;
        configuration.Note(1, shared.Origins);
        foreach (var sections in all.Where(sections => sections.LinesOfSources > 0))
        {
            text.Append(sections.Sources);
            configuration._parts.Add((line, sections.LoadBalancer, sections.SourcePortAt));
            line += sections.LinesOfSources;
        }

        text.Append(dispatch);
        configuration._parts.Add((line, null, _ => null));
        line += dispatch.Lines;
        foreach (var sections in all.Where(sections => sections.LinesOfRoutes > 0))
        {
            text.Append(sections.Routes);
            configuration._parts.Add((line, sections.LoadBalancer, sections.RoutePortAt));
            line += sections.LinesOfRoutes;
        }

        text.Append(usual);
        configuration._parts.Add((line, null, _ => null));
        line += usual.Lines;
        foreach (var sections in all)
        {
            text.Append('\n').Append(sections.Text);
            configuration._parts.Add((line + 1, sections.LoadBalancer, sections.PortAt));
            configuration.Note(line + 1, sections.Origins);
            line += sections.Lines + 1;
        }

        return configuration;
    }

    /// <summary>The operator's file that a line comes from, counted from 1; null when the line is CloudLb's.</summary>
    public string? OriginOf(int line) => _origins.GetValueOrDefault(line);

    /// <summary>A line, counted from 1.</summary>
    public string Line(int line) => Text.Split('\n').ElementAtOrDefault(line - 1) ?? "";

    /// <summary>Whose line this is, counted from 1 as HAProxy does; false for the lines that all share.</summary>
    public bool TryFind(int line, [NotNullWhen(true)] out LoadBalancerId? loadBalancer, out int? port)
    {
        var (firstLine, owner, portAt) = _parts.FindLast(part => part.FirstLine <= line);
        loadBalancer = owner;
        port = owner is null ? null : portAt(line - firstLine);
        return owner is not null;
    }

    private void Note(int firstLine, IReadOnlyDictionary<int, string> origins)
    {
        foreach (var (line, origin) in origins)
        {
            _origins[firstLine + line] = origin;
        }
    }
}
