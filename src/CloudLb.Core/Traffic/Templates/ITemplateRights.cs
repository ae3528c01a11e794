using CloudLb.Core.Accounts;

namespace CloudLb.Core.Traffic.Templates;

/// <summary>Who may have load balancers served by which template of the operator's.</summary>
public interface ITemplateRights
{
    /// <summary>Why the account may not use the template, as the end of a sentence; null when it may.</summary>
    string? WhyNot(AccountId account, string template);
}
