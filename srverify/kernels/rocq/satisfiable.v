(* What satisfies a statement's hypotheses together, generated from the statement itself.

   [srverify_hypotheses_of S], for a constant [S : Prop], is [True] if nothing in [S] is conditional, else
   the proposition that values of its variables exist at which its hypotheses hold:
   [forall x, H1 -> H2 -> C] gives [exists x, H1 /\ H2].  The conclusion's own conditions are asked for at
   the same values: of both parts of a conjunction or a disjunction; of what [exists] provides, together
   with its property; of every event [fun s => forall i, P s i -> Q s i] inside it, at some outcome [s],
   components of pairs one by one.  An equivalence and a negation are no conditions; nothing is enough for
   a [match], an [if] or a [fix] that no reduction decides, so that such a statement has to be written
   otherwise; and a definition is not looked into, nor what a hypothesis assumes: a reader of the statement
   sees them. *)
From Coq Require Reals.

Ltac srverify_inhabited A :=
  let B := eval hnf in A in
  lazymatch B with
  | Rdefinitions.R => constr:(true)
  | nat => constr:(true)
  | bool => constr:(true)
  | Type => constr:(true)
  | Set => constr:(true)
  | Prop => constr:(true)
  | _ -> ?C => srverify_inhabited C
  | _ => constr:(false)
  end.

(* Whether a type is a proposition, by whatever name its sort goes. *)
Ltac srverify_is_prop A :=
  let S := type of A in
  let S := eval hnf in S in
  lazymatch S with Prop => constr:(true) | _ => constr:(false) end.

Ltac srverify_both s t :=
  lazymatch s with
  | True => t
  | _ => lazymatch t with True => s | _ => constr:(s /\ t) end
  end.

(* Whether a proposition is, at its head, a [match] or a [fix] that does not reduce. *)
Ltac srverify_stuck T :=
  lazymatch T with
  | match _ with _ => _ end => constr:(true)
  | ?f _ => srverify_stuck f
  | _ => match T with
         | _ => let found := match T with _ => is_fix T end in constr:(true)
         | _ => constr:(false)
         end
  end.

Ltac srverify_satisfiable T :=
  lazymatch T with
  | forall x : ?A, @?B x =>
    let v := fresh "v" in
    let F := constr:(fun v : A => ltac:(let b := eval cbv beta in (B v) in
                                        let s := srverify_satisfiable b in exact s)) in
    let is_prop := srverify_is_prop A in
    lazymatch is_prop with
    | true =>
      lazymatch F with
      | fun _ => True => constr:(A)
      | fun _ => ?C => constr:(A /\ C)
      | _ => constr:(@ex A F)
      end
    | _ =>
      lazymatch F with
      | fun _ => True =>
        lazymatch srverify_inhabited A with
        | true => constr:(True)
        | _ => constr:(@ex A F)
        end
      | _ => constr:(@ex A F)
      end
    end
  | ?P /\ ?Q =>
    let s := srverify_satisfiable P in
    let t := srverify_satisfiable Q in
    srverify_both s t
  | ?P \/ ?Q =>
    let s := srverify_satisfiable P in
    let t := srverify_satisfiable Q in
    srverify_both s t
  | @ex ?A ?B =>
    let s := srverify_provided T in
    lazymatch s with T => constr:(True) | _ => s end
  | ?P <-> ?Q => constr:(True)
  | ~ ?P => constr:(True)
  | _ => lazymatch srverify_stuck T with true => constr:(False) | _ => srverify_event T end
  end
with srverify_provided T :=
  lazymatch T with
  | @ex ?A ?B =>
    let v := fresh "v" in
    let F := constr:(fun v : A => ltac:(let b := eval cbv beta in (B v) in
                                        let s := srverify_provided b in exact s)) in
    let is_prop := srverify_is_prop A in
    lazymatch is_prop with
    | true => let s := srverify_satisfiable A in srverify_both s (@ex A F)
    | _ => let s := srverify_event A in srverify_both s (@ex A F)
    end
  | _ => let s := srverify_satisfiable T in
    lazymatch s with True => T | _ => constr:(T /\ s) end
  end
with srverify_event T :=
  lazymatch T with
  | fun s : ?A => @?B s => srverify_outcome A B
  | forall x : ?A, @?B x =>
    let is_prop := srverify_is_prop T in
    lazymatch is_prop with
    | true =>
      lazymatch srverify_conditional T with true => srverify_satisfiable T | _ => srverify_outcome A B end
    | _ => lazymatch srverify_partial T with true => srverify_satisfiable T | _ => constr:(True) end
    end
  | ?f ?x =>
    let s := srverify_event f in
    let t := srverify_event x in
    srverify_both s t
  | _ => lazymatch srverify_stuck T with true => srverify_hidden T | _ => constr:(True) end
  end
with srverify_partial T :=
  (* Whether functions of a type need a proof. *)
  lazymatch T with
  | forall x : ?A, @?B x =>
    let is_prop := srverify_is_prop A in
    lazymatch is_prop with
    | true => constr:(true)
    | _ =>
      let v := fresh "v" in
      let F := constr:(fun v : A => ltac:(let b := eval cbv beta in (B v) in
                                          let s := srverify_partial b in exact s)) in
      lazymatch F with fun _ => true => constr:(true) | _ => constr:(false) end
    end
  | _ => constr:(false)
  end
with srverify_hidden T :=
  (* Nothing is enough for what may be conditional there. *)
  let is_prop := srverify_is_prop T in
  match T with
  | _ => lazymatch is_prop with true => constr:(False) end
  | context [forall x : _, _] => constr:(False)
  | _ => constr:(True)
  end
with srverify_outcome A B :=
  let P := eval hnf in A in
  lazymatch P with
  | prod (prod ?X ?Y) ?Z =>
    let G := constr:(fun v : X * (Y * Z) => let '(x, (y, z)) := v in B (x, y, z)) in
    srverify_outcome (prod X (prod Y Z)) G
  | prod ?X ?Y =>
    let v := fresh "v" in
    let w := fresh "w" in
    let F := constr:(fun v : X => ltac:(let G := constr:(fun w : Y => B (v, w)) in
                                        let s := srverify_outcome Y G in exact s)) in
    srverify_some X F
  | _ =>
    let v := fresh "v" in
    let F := constr:(fun v : A => ltac:(
      let b := eval cbv beta iota zeta in (B v) in
      let is_prop := srverify_is_prop b in
      lazymatch is_prop with
      | true =>
        lazymatch srverify_conditional b with
        | true => let s := srverify_satisfiable b in exact s
        | _ => let s := srverify_event b in exact s
        end
      | _ => let s := srverify_event b in exact s
      end)) in
    srverify_some A F
  end
with srverify_some A F := lazymatch F with fun _ => True => constr:(True) | _ => constr:(@ex A F) end
with srverify_conditional T :=
  lazymatch T with
  | forall x : ?A, @?B x =>
    let is_prop := srverify_is_prop A in
    lazymatch is_prop with
    | true => constr:(true)
    | _ =>
      let full := srverify_inhabited A in
      lazymatch full with true => srverify_conditional_at A B | _ => constr:(true) end
    end
  | @ex ?A ?B => srverify_conditional_at A B
  | ?P /\ ?Q => srverify_either P Q
  | ?P \/ ?Q => srverify_either P Q
  | _ => srverify_stuck T
  end
with srverify_conditional_at A B :=
  let v := fresh "v" in
  let F := constr:(fun v : A => ltac:(let b := eval cbv beta in (B v) in
                                      let s := srverify_conditional b in exact s)) in
  lazymatch F with fun _ => true => constr:(true) | _ => constr:(false) end
with srverify_either P Q :=
  let s := srverify_conditional P in
  lazymatch s with true => s | _ => srverify_conditional Q end.

(* A constant that is a name for a proposition is replaced by it. *)
Ltac srverify_named T :=
  lazymatch T with
  | forall x, _ => T
  | ?f ?x => T
  | _ => match T with
         | _ => let U := eval red in T in srverify_named U
         | _ => T
         end
  end.

Ltac srverify_hypotheses_of S :=
  let T := srverify_named S in
  match T with
  | _ =>
    (* A constant that does not unfold, by whatever means, hides what it says. *)
    let found := match T with _ => is_const T end in exact False
  | _ =>
    let T := eval cbv beta iota zeta in T in
    let s := srverify_satisfiable T in
    let s := eval cbv beta in s in
    exact s
  end.
