using System.Collections.Concurrent;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Templates;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Templates;

/// <summary>The templates in force, and who may use which. Safe to use from any thread.</summary>
/// <param name="directory">Where an operator has them.</param>
/// <param name="store">Where those that were accepted are kept.</param>
/// <param name="accounts">Who may use a template, by its name: accounts, or all by <see cref="TemplateName.Everyone"/>.</param>
internal sealed class TemplateLibrary(
    string directory, TemplateStore store, IReadOnlyDictionary<string, IReadOnlyList<string>> accounts) : ITemplateRights
{
    private readonly ConcurrentDictionary<string, TemplateSet> _older = new();
    private readonly ConcurrentDictionary<string, string> _refused = new();
    private volatile TemplatesInForce _now = store.Read();

    public string Directory => directory;

    public TemplatesInForce Now => _now;

    /// <summary>From now on these are in force.</summary>
    public void Replace(TemplatesInForce next)
    {
        foreach (var set in _now.States.Values.Select(state => state.Applied).OfType<TemplateSet>())
        {
            _older[set.Key] = set;
        }

        store.Write(next);
        _now = next;
        _refused.Clear();
    }

    /// <summary>Why a process has refused what is in force of a template; null when none has.</summary>
    public string? WhyRefused(string name) => _refused.GetValueOrDefault(name);

    /// <summary>What was accepted is refused by a process after all.</summary>
    public void Tell(string name, string fault)
    {
        if (_now.States.TryGetValue(name, out var state))
        {
            _now = _now with { States = _now.States.SetItem(name, state with { Fault = fault }) };
            _refused[name] = fault;
        }
    }

    /// <summary>Forgets those that are neither in force nor used.</summary>
    public void Keep(IReadOnlySet<string> used)
    {
        foreach (var key in _older.Keys.Where(key => !used.Contains(key)))
        {
            _older.TryRemove(key, out _);
        }

        store.Keep(_now.States.Values.Select(state => state.Applied?.Key).OfType<string>().Concat(used));
    }

    /// <summary>What something is served with; throws a <see cref="TemplateException"/> when that is not there any more.</summary>
    public TemplateSet? Find(string? key)
    {
        if (key is null)
        {
            return null;
        }

        if ((_now.WithKey(key) ?? _older.GetValueOrDefault(key)) is { } known)
        {
            return known;
        }

        return store.Find(key) is { } kept
            ? _older[key] = kept
            : throw new TemplateException("The templates that it was served with are gone; run 'cloudlb template apply'.");
    }

    /// <summary>The accounts that may use a template, as the settings have them.</summary>
    public IReadOnlyList<string> AccountsOf(string template) => accounts.GetValueOrDefault(template, []);

    /// <inheritdoc/>
    public string? WhyNot(AccountId account, string template) => WhyNot(account, template, _now);

    private string? WhyNot(AccountId account, string template, TemplatesInForce templates) =>
        templates.Find(template) is null ? $"there is no template '{template}'"
        : AccountsOf(template).Any(allowed => allowed == TemplateName.Everyone || allowed == account.ToString()) ? null
        : $"the template '{template}' is not for the account {account}";

    /// <summary>What a load balancer is to be served with: the key of a set, or none; and what is wrong with what it asks for.</summary>
    public (string? Key, string? Fault) Resolve(PlannedLoadBalancer planned) => Resolve(planned, _now);

    /// <summary>The same by other templates than those in force.</summary>
    public (string? Key, string? Fault) Resolve(PlannedLoadBalancer planned, TemplatesInForce templates)
    {
        if (planned.Template is not { } name)
        {
            return (templates.Installation?.Key, null);
        }

        if (TemplateSet.IsKey(name))
        {
            // What an earlier CloudLb has served it with, while nobody has said yet what is planned.
            return (name, null);
        }

        if (WhyNot(planned.Id.Account, name, templates) is { } why)
        {
            return (null, $"Its tag asks for what cannot be given: {why}. Choose another (cloudlb template list), or remove the tag.");
        }

        var state = templates.Find(name)!;
        return (
            state.Applied?.Key,
            state.Fault is { } fault ? $"The files of the template '{name}' are not in force: {fault}" : null);
    }
}
