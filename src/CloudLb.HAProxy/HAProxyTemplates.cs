using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Templates;
using CloudLb.HAProxy.Cells;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Templates;
using CloudLb.HAProxy.Trials;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy;

/// <summary>The operator's templates for HAProxy: what there is, what is wrong with it, and what it would change.</summary>
internal sealed partial class HAProxyTemplates(
    TemplateLibrary library, TemplateReading reading, TemplateTrial trial, HAProxyDataPlane dataPlane, CellMap cells, HAProxyBinary binary,
    IOptions<HAProxyOptions> options, ILogger<HAProxyTemplates> logger) : ITrafficTemplates, IDisposable
{
    // Load balancers of one template differ alike; who wants to see more of them asks for their configuration.
    private const int MostShown = 10;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <inheritdoc/>
    public string Directory => library.Directory;

    /// <inheritdoc/>
    public IReadOnlyList<ShippedTemplate> Shipped =>
    [
        .. Enum.GetValues<TemplateKind>().Select(TemplateShape.Of).Select(
            shape => new ShippedTemplate(shape.Name + TemplateFile.Extension, shape.Shipped ?? "", [.. shape.Points])),
    ];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TemplateReport>> ReadAsync(CancellationToken cancellationToken) =>
        Report(await NextAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TemplateReport>> ApplyAsync(CancellationToken cancellationToken)
    {
        var next = await NextAsync(cancellationToken);
        await dataPlane.TakeUpTemplatesAsync(() => library.Replace(next), cancellationToken);
        var entries = cells.All.SelectMany(cell => cell.State.Entries.Values);
        library.Keep(entries.SelectMany(entry => new[] { entry.Target?.Template, entry.Served?.Template }).OfType<string>().ToHashSet());
        foreach (var state in next.States.Values)
        {
            if (state.Fault is { } fault)
            {
                Log.NotInForce(logger, state.Name, fault);
            }
        }

        return Report(next);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TemplateDifference>> CompareAsync(CancellationToken cancellationToken)
    {
        var (now, next) = (library.Now, await NextAsync(cancellationToken));
        var differences = new List<TemplateDifference>();
        if (now.Processes?.Key != next.Processes?.Key
            && TextDifference.Of(trial.Compose(now.Processes, null).Text, trial.Compose(next.Processes, null).Text) is { Count: > 0 } lines)
        {
            differences.Add(new("what all load balancers share", TemplateName.Processes, lines));
        }

        var others = 0;
        foreach (var entry in cells.All.SelectMany(cell => cell.State.Entries.Values).Where(entry => entry.Served is not null))
        {
            if (Difference(entry, next) is { } difference && (differences.Count < MostShown || others++ < 0))
            {
                differences.Add(difference);
            }
        }

        return others > 0 ? [.. differences, new($"{others} more load balancers", "", [])] : differences;
    }

    public void Dispose() => _gate.Dispose();

    private async Task<TemplatesInForce> NextAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await reading.ReadAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private TemplateDifference? Difference(CellEntry entry, TemplatesInForce next)
    {
        var served = entry.Served!;
        if (entry.Planned is not { } planned
            || library.Resolve(planned, next) is not (var key, null)
            || key == served.Template)
        {
            return null;
        }

        var lines = TextDifference.Of(
            Text(served, library.Find(served.Template)), Text(served, key is null ? null : next.WithKey(key) ?? library.Find(key)));
        return lines.Count == 0 ? null : new(served.Id.ToString(), planned.Template ?? TemplateName.Installation, lines);
    }

    private string Text(PlannedLoadBalancer loadBalancer, TemplateSet? templates)
    {
        try
        {
            return LoadBalancerSections.Render(
                loadBalancer, binary.Capabilities, options.Value.ThreadsBeside(1), options.Value.FirstRequestTimeout, templates).Text;
        }
        catch (TemplateException exception)
        {
            return exception.Message + "\n";
        }
    }

    private List<TemplateReport> Report(TemplatesInForce next)
    {
        var asked = cells.All.SelectMany(cell => cell.State.Entries.Values)
            .Where(entry => entry.Planned is not null)
            .CountBy(entry => entry.Planned!.Template ?? TemplateName.Installation)
            .ToDictionary();
        var folder = TemplateFolder.Read(library.Directory);
        return
        [
            .. next.States.Values.Select(state => new TemplateReport(
                state.Name,
                [.. folder.Files.GetValueOrDefault(state.Name, []).Select(file => file.Path)],
                state.Name[0] == '(' ? [] : library.AccountsOf(state.Name),
                state.Name == TemplateName.Processes ? asked.Values.Sum() : asked.GetValueOrDefault(state.Name),
                state.Fault is null && IsAsInForce(state),
                state.Fault ?? (IsAsInForce(state) ? library.WhyRefused(state.Name) : null))),
        ];
    }

    private bool IsAsInForce(TemplateState state) =>
        state.Applied?.Key == library.Now.States.GetValueOrDefault(state.Name)?.Applied?.Key;

    private static partial class Log
    {
        [LoggerMessage(5020, LogLevel.Error, "The files of the template {Template} are not in force, what was before stays: {Reason}")]
        public static partial void NotInForce(ILogger logger, string template, string reason);
    }
}
