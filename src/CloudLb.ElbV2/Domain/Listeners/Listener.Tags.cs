using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

public sealed partial record Listener
{
    /// <summary>The tags of one of its rules.</summary>
    internal EquatableArray<Tag> TagsOf(Arn rule) => rule == DefaultRule
        ? DefaultRuleTags
        : Get(rule).Tags;

    /// <summary>With other tags on one of its rules.</summary>
    internal Listener WithTags(Arn rule, Func<EquatableArray<Tag>, EquatableArray<Tag>> change) => rule == DefaultRule
        ? this with { DefaultRuleTags = change(DefaultRuleTags) }
        : WithChangedRule(rule, changed => changed with { Tags = change(changed.Tags) });
}
