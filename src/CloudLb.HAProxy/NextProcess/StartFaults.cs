using System.Text.RegularExpressions;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>What HAProxy objected to when it was started, sorted by whose fault it is.</summary>
internal sealed partial class StartFaults
{
    private StartFaults(
        IReadOnlyList<PlanFault> ofLoadBalancers, IReadOnlyList<string> shared, IReadOnlySet<LoadBalancerId> byTemplates) =>
        (OfLoadBalancers, Shared, ByTemplates) = (ofLoadBalancers, shared, byTemplates);

    public IReadOnlyList<PlanFault> OfLoadBalancers { get; }

    /// <summary>Faults of what all load balancers share, or that name no line: nothing can be left out to cure them.</summary>
    public IReadOnlyList<string> Shared { get; }

    /// <summary>Load balancers for which a template may be at fault: the line is an operator's, or nobody's.</summary>
    public IReadOnlySet<LoadBalancerId> ByTemplates { get; }

    public static StartFaults Read(string text, CellConfiguration configuration)
    {
        var faults = new List<PlanFault>();
        var shared = new List<string>();
        var byTemplates = new HashSet<LoadBalancerId>();
        foreach (var alert in Alert().Matches(text).Select(match => match.Groups[1].Value.Trim()).Where(alert => !Summary().IsMatch(alert)))
        {
            var line = Place().Match(alert);
            var name = QualifiedName().Match(alert);
            var number = line.Success ? int.Parse(line.Groups[1].Value) : 0;
            var origin = configuration.OriginOf(number);
            if (line.Success && configuration.TryFind(number, out var loadBalancer, out var port))
            {
                if (origin is null)
                {
                    faults.Add(new PlanFault(loadBalancer, port, $"HAProxy refuses it: {Words(alert)}."));
                }
                else
                {
                    faults.Add(new PlanFault(loadBalancer, null, OfTemplate(origin, configuration.Line(number), alert)));
                    byTemplates.Add(loadBalancer);
                }
            }
            else if (line.Success && origin is not null)
            {
                shared.Add(OfTemplate(origin, configuration.Line(number), alert));
            }
            else if (!line.Success && ProxyName.TryParse(name.Value, out loadBalancer, out _))
            {
                byTemplates.Add(loadBalancer);
                faults.Add(new PlanFault(loadBalancer, null, $"HAProxy refuses it: {Words(alert)}."));
            }
            else
            {
                shared.Add(Place().Replace(alert, match => $"[line {match.Groups[1].Value}]"));
            }
        }

        if (faults.Count + shared.Count == 0)
        {
            // Only summaries: nothing that could be left out.
            shared.Add(text.Trim());
        }

        return new StartFaults(faults, shared, byTemplates);
    }

    private static string OfTemplate(string origin, string line, string alert) =>
        $"HAProxy refuses a line of {origin}: {Words(alert)}. The line: {line.Trim()}";

    /// <summary>What is said, without where it was found and what HAProxy was doing.</summary>
    private static string Words(string alert) => Place().Replace(Doing().Replace(alert, ""), "").Trim(' ', ':', '.');

    [GeneratedRegex("^config : (parsing )?")]
    private static partial Regex Doing();

    [GeneratedRegex(@"^\[ALERT\][^:]*: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Alert();

    // Said after the faults proper, and no fault of its own; the last by the process that has started another for the background (3.2 and
    // 3.4).
    [GeneratedRegex(
        "^(config : )?(Error\\(s\\) found in configuration file|Fatal errors found in configuration|Some protocols failed to start)"
        + "|^Process \\d+ exited with code|haproxy.main\\(\\)\\] Some protocols")]
    private static partial Regex Summary();

    // What is found only after reading names the proxy and no line.
    [GeneratedRegex(@"\d{12}:[\w.-]+:[\w.-]+:[\w.-]+")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"\[[^\[\]]*:(\d+)\]")]
    private static partial Regex Place();
}
