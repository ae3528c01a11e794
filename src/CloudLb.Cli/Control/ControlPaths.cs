namespace CloudLb.Cli.Control;

/// <summary>
/// Where the running server answers operators: the part after the host of every URL, and the names of what stands behind the question mark.
/// </summary>
public static class ControlPaths
{
    /// <summary>A list of <see cref="LoadBalancerStatus"/>.</summary>
    public const string LoadBalancers = "/load-balancers";

    /// <summary>An <see cref="InstanceExplanation"/>.</summary>
    public const string Explanation = "/explanation";

    /// <summary>A <see cref="RequestExplanation"/>.</summary>
    public const string Route = "/route";

    /// <summary>A <see cref="WatchStatus"/>.</summary>
    public const string Watch = "/watch";

    /// <summary>A <see cref="RunningServer"/>.</summary>
    public const string Server = "/server";

    /// <summary>By POST: accepts the database that is in doubt. Answers with a <see cref="DatabaseAnswer"/>.</summary>
    public const string AcceptDatabase = "/database/accept";

    /// <summary>By POST: empties an ephemeral server. Answers with a <see cref="ResetAnswer"/>.</summary>
    public const string Reset = "/reset";

    /// <summary>A list of <see cref="MemberStatus"/>.</summary>
    public const string Members = "/members";

    /// <summary>By POST: makes a member. Answers with a <see cref="MemberAnswer"/>.</summary>
    public const string CreateMember = "/members/create";

    /// <summary>By POST: deletes a member. Answers with a <see cref="MemberAnswer"/>.</summary>
    public const string DeleteMember = "/members/delete";

    /// <summary>A <see cref="TemplatesStatus"/>.</summary>
    public const string Templates = "/templates";

    /// <summary>By POST: puts the operator's templates in force. Answers with a <see cref="TemplatesStatus"/>.</summary>
    public const string ApplyTemplates = "/templates/apply";

    /// <summary>A list of <see cref="TemplateChange"/>.</summary>
    public const string TemplateChanges = "/templates/changes";

    /// <summary>Leaves out the load balancers of other names; of <see cref="Watch"/>, those whose name does not contain it.</summary>
    public const string Name = "name";

    /// <summary>Any value: HAProxy is asked too.</summary>
    public const string Detail = "detail";

    public const string Account = "account";

    public const string Region = "region";

    public const string Instance = "instance";

    /// <summary>Of a request that is asked about.</summary>
    public const string Method = "method";

    /// <summary>The same.</summary>
    public const string Url = "url";

    /// <summary>The same: a name, a colon and a value; any number of them.</summary>
    public const string Header = "header";

    /// <summary>The same: the client's address.</summary>
    public const string Source = "source";

    /// <summary>Names with commas between them.</summary>
    public const string LoadBalancerNames = "load-balancers";

    /// <summary>Names or ARNs with commas between them.</summary>
    public const string TargetGroups = "target-groups";

    /// <summary>Seconds.</summary>
    public const string Lease = "lease";

    /// <summary>How many load balancers are shown at most.</summary>
    public const string Rows = "rows";

    /// <summary>How many cells are shown at most.</summary>
    public const string CellRows = "cells";
}
