using System.Text;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.HAProxy.Configuration;

/// <summary>A whole configuration file, and whose each of its lines is.</summary>
internal sealed class CellConfiguration
{
    private readonly List<(int FirstLine, LoadBalancerSections Sections)> _parts = [];

    private CellConfiguration(string text) => Text = text;

    public string Text { get; private set; }

    public static CellConfiguration Compose(CommonSettings settings, IEnumerable<LoadBalancerSections> loadBalancers)
    {
        var common = new ConfigText();
        CommonSections.Write(common, settings);
        var configuration = new CellConfiguration("");
        var text = new StringBuilder(common.ToString());
        var line = common.Lines + 1;
        foreach (var sections in loadBalancers)
        {
            text.Append('\n').Append(sections.Text);
            configuration._parts.Add((line + 1, sections));
            line += sections.Lines + 1;
        }

        configuration.Text = text.ToString();
        return configuration;
    }

    /// <summary>Whose line this is, counted from 1 as HAProxy does; false for the lines that all share.</summary>
    public bool TryFind(int line, out LoadBalancerKey loadBalancer, out int? port)
    {
        var index = _parts.FindLastIndex(part => part.FirstLine <= line);
        if (index < 0)
        {
            (loadBalancer, port) = (null!, null);
            return false;
        }

        var (firstLine, sections) = _parts[index];
        (loadBalancer, port) = (sections.LoadBalancer, sections.PortAt(line - firstLine));
        return true;
    }
}
