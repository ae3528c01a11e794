using System.Collections.Immutable;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Templates;

namespace CloudLb.HAProxy.Trials;

/// <summary>
/// What an operator's files would be if they were in force: each template that has changed is tried, and where it fails the one in force
/// stays. Files are read when that is asked for and at no other time, so that one half written is never taken up.
/// </summary>
internal sealed class TemplateReading(TemplateLibrary library, TemplateTrial trial)
{
    public async Task<TemplatesInForce> ReadAsync(CancellationToken cancellationToken)
    {
        var (now, folder) = (library.Now, TemplateFolder.Read(library.Directory));
        var states = TemplatesInForce.None.States.ToBuilder();
        var shared = await ReadAsync(
            TemplateName.Processes, null, [], folder, now, set => trial.WhyNotAsync(set, null, cancellationToken));
        var installation = await ReadAsync(
            TemplateName.Installation, null, [], folder, now, set => trial.WhyNotAsync(shared?.Applied, set, cancellationToken));
        Add(states, shared);
        Add(states, installation);
        foreach (var name in folder.Files.Keys.Concat(folder.Faults.Keys).Distinct().Where(TemplateName.IsValid))
        {
            Add(states, await ReadAsync(
                name, name, installation?.Applied?.Files ?? [], folder, now,
                set => trial.WhyNotAsync(shared?.Applied, set, cancellationToken)));
        }

        return new() { States = states.ToImmutable() };
    }

    private static void Add(ImmutableSortedDictionary<string, TemplateState>.Builder states, TemplateState? state)
    {
        if (state is not null)
        {
            states[state.Name] = state;
        }
    }

    /// <summary>Null where there is nothing of that name.</summary>
    private async Task<TemplateState?> ReadAsync(
        string name, string? template, IEnumerable<TemplateFile> beside, TemplateFolder folder, TemplatesInForce now,
        Func<TemplateSet, Task<string?>> whyNot)
    {
        var files = folder.Files.GetValueOrDefault(name);
        var before = now.States.GetValueOrDefault(name)?.Applied;
        if (folder.Faults.GetValueOrDefault(name) is { } fault)
        {
            return new(name, before, fault);
        }

        if (files is null)
        {
            return null;
        }

        try
        {
            var set = new TemplateSet(library.Directory, template, beside.Concat(files));
            return set.Key == before?.Key ? new(name, before, null)
                : await whyNot(set) is { } why ? new(name, before, why)
                : new(name, set, null);
        }
        catch (TemplateException exception)
        {
            return new(name, before, exception.Message);
        }
    }
}
